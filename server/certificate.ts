import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ConfigError } from './platform/config-error.ts';
import type { Log } from './platform/log.ts';

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
  const pair = { cert: read('NAMESAKE_TLS_CERT', certificate), key: read('NAMESAKE_TLS_KEY', key) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new ConfigError('NAMESAKE_TLS_CERT', `and NAMESAKE_TLS_KEY are no certificate and its key: ${error}`);
  }
  return pair;
}

/**
 * Takes up a renewed certificate within a minute, for new connections; one that does not fit is told, and the old one stays.
 *
 * @returns What ends it.
 */
export function followCertificate(
  server: Server,
  files: CertificateFiles,
  { log, everyMilliseconds = LOOK_MILLISECONDS }: { log: Pick<Log, 'info' | 'error'>; everyMilliseconds?: number },
): () => void {
  let known = stateOf(files);
  const look = () => {
    const state = stateOf(files);
    if (state === known) return;
    known = state;
    try {
      server.setSecureContext(readCertificate(files));
      log.info('the certificate was renewed');
    } catch (error) {
      log.error('the renewed certificate cannot be used; the old one stays', error);
    }
  };
  const looking = setInterval(look, everyMilliseconds);
  looking.unref();
  return () => clearInterval(looking);
}

/** When each file was written last, as a text to compare. */
const stateOf = ({ certificate, key }: CertificateFiles): string =>
  [certificate, key].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs).join();

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(setting, `cannot be read: ${(error as Error).message}`);
  }
}
