import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { ConfigError } from '../../platform/config-error.ts';
import type { Settings } from '../../platform/ground.ts';
import type { DeploymentFault } from './deployment-fault.ts';
import { faultsOf } from './deployment-fault.ts';
import type { Deployment } from './deployment-shape.ts';
import { deploymentShape } from './deployment-shape.ts';

export type { Deployment };

const DEMO_FILE = path.resolve(import.meta.dirname, '../../../deployment/demo.yaml');
const MAX_TOLD = 10;

/**
 * Reads the file of a deployment.
 *
 * @param file Path of the file; the demo's when left out.
 * @throws ConfigError that names the file and, for each mistake, line and field.
 */
export async function readDeploymentFile(file: string = DEMO_FILE): Promise<Deployment> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(file, `cannot be read (${error.code ?? error.message})`);
  });
  return parseDeployment(text, file);
}

/** {@link readDeploymentFile} for a text that is there already. */
export function parseDeployment(text: string, file: string): Deployment {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    throw faulty(file, [{ line: lines.linePos(broken.pos[0]).line, field: 'YAML', message: broken.message }]);
  }
  const result = deploymentShape.safeParse(document.toJS());
  if (!result.success) throw faulty(file, faultsOf(result.error, document.contents, lines));
  return result.data;
}

function faulty(file: string, faults: readonly DeploymentFault[]): ConfigError {
  const told = faults.slice(0, MAX_TOLD).map(({ line, field, message }) => `line ${line}, ${field}: ${message}`);
  const more = faults.length > MAX_TOLD ? `and ${faults.length - MAX_TOLD} more` : [];
  return new ConfigError(file, `has mistakes:\n  ${told.concat(more).join('\n  ')}`);
}

/** The settings of a running server, from its deployment's file and from where it runs. */
export function settingsOf(
  { vendor }: Deployment,
  { publicUrl, demo }: Pick<Settings, 'publicUrl' | 'demo'>,
): Settings {
  return {
    vendorName: vendor.name,
    accentColour: vendor.accentColour,
    languages: vendor.languages,
    currency: vendor.currency,
    timeZone: vendor.timeZone,
    freeStorageBytes: Math.round(vendor.freeStorageGiB * 1024 ** 3),
    offerValidDays: vendor.offerValidDays,
    invitationDays: vendor.invitationDays,
    signingKeyDays: vendor.signingKeyDays,
    publicUrl,
    demo,
  };
}
