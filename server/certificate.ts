import { statSync } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ConfigError } from './platform/config-error.ts';
import type { Log } from './platform/log.ts';
import { readSettingFile } from './platform/setting-file.ts';

/** Files in PEM: the certificate with what leads to its authority, and its key. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** What a TLS server is made with. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const LOOK_MILLISECONDS = 60_000;

/** @throws ConfigError where a file cannot be read, or both are no certificate and its key. */
export function readCertificate({ certificate, key }: CertificateFiles): Certificate {
  const pair = {
    cert: readSettingFile('NAMESAKE_TLS_CERT', certificate),
    key: readSettingFile('NAMESAKE_TLS_KEY', key),
  };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new ConfigError('NAMESAKE_TLS_CERT', `and NAMESAKE_TLS_KEY are no certificate and its key: ${error}`);
  }
  return pair;
}

export interface Following {
  /** The state of the files that the server was made with, from before they were read: {@link stateOf}. */
  readonly begun: string;
  readonly log: Pick<Log, 'info' | 'error'>;
  readonly everyMilliseconds?: number;
}

/**
 * Takes up a renewed certificate within a minute, for new connections; one that does not fit is told, and the old one stays.
 *
 * @returns What ends it.
 */
export function followCertificate(
  server: Server,
  files: CertificateFiles,
  { begun, log, everyMilliseconds = LOOK_MILLISECONDS }: Following,
): () => void {
  let used = begun;
  let told = begun;
  const look = () => {
    let state = '';
    try {
      state = stateOf(files);
      if (state === used) return;
      server.setSecureContext(readCertificate(files));
      used = state;
      log.info('the certificate was renewed');
    } catch (error) {
      // It is tried again at each look, and told once.
      if (state !== told) log.error('the renewed certificate cannot be used; the old one stays', error);
      told = state;
    }
  };
  const looking = setInterval(look, everyMilliseconds);
  looking.unref();
  return () => clearInterval(looking);
}

/** Which files these are and when each was changed last, its owner and mode included: a text to compare. */
export const stateOf = ({ certificate, key }: CertificateFiles): string =>
  [certificate, key]
    .map((file) => statSync(file, { throwIfNoEntry: false }))
    .map((found) => found && `${found.ino} ${found.mtimeMs} ${found.ctimeMs}`)
    .join();
