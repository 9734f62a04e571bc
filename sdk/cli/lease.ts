import { readFile, writeFile } from 'node:fs/promises';
import type { Namesake } from '../index.ts';
import { momentText, refusalText } from './report.ts';
import type { Settings } from './settings.ts';
import { remember } from './settings.ts';
import { productOf } from './why.ts';
import type { ExitCode, World } from './world.ts';
import { exitCodes, InputError } from './world.ts';

/** What a command that carries leases works with. */
export interface LeaseCommand {
  readonly namesake: Namesake;
  readonly settings: Settings;
  readonly world: World;
  readonly files: readonly string[];
  readonly trustKey: readonly string[];
}

/** Writes this device's leases into a file; gets one first where there is none. */
export async function exportLease({ namesake, settings, world, files }: LeaseCommand): Promise<ExitCode> {
  const [file] = take(files, ['FILE'], 'lease export');
  const kept = await namesake.leases.list();
  if (!kept.some(({ refusal }) => refusal === undefined)) {
    await namesake.leases.renew({ product: productOf(settings), team: settings.team });
  }
  await write(file, await namesake.leases.export());
  world.print(`Wrote the leases of this device into ${file}. They work on this device alone.`);
  return exitCodes.done;
}

/** Takes the leases of a file. */
export async function importLease({ namesake, settings, world, files, trustKey }: LeaseCommand): Promise<ExitCode> {
  const [file] = take(files, ['FILE'], 'lease import');
  const { taken, refused, unknownKeys } = await namesake.leases.import(await read(file), { trust: trustKey });
  for (const { product, team, expiresAt } of taken) {
    world.print(`${product} in ${team.name} works on this device until ${momentText(expiresAt)}.`);
  }
  for (const refusal of refused) world.complain(`A lease of ${file} ${refusalText(refusal)}.`);
  if (refused.includes('wrongKey')) for (const line of howToTrust(file, unknownKeys)) world.complain(line);
  if (taken.length > 0) await remember(settings, world);
  else if (refused.length === 0) world.complain(`There is no lease in ${file}.`);
  return taken.length > 0 ? exitCodes.done : exitCodes.no;
}

/** Writes a request for a lease, to be carried to where there is a network. */
export async function requestLease({ namesake, settings, world, files }: LeaseCommand): Promise<ExitCode> {
  const [file] = take(files, ['FILE'], 'lease request');
  await write(file, await namesake.leases.request({ product: productOf(settings), team: settings.team }));
  await remember(settings, world);
  world.print(`Wrote the request of this device into ${file}. It is good for a week, and for one lease.`);
  world.print(`The key of this device: ${await namesake.leases.deviceKey()}`);
  world.print('Carry it to a device that is signed in, and run there:');
  world.print(`  namesake lease fetch ${file} lease.json`);
  return exitCodes.done;
}

/** Gets the lease that another device asks for. */
export async function fetchLease({ namesake, settings, world, files }: LeaseCommand): Promise<ExitCode> {
  const [request, file] = take(files, ['REQUEST', 'FILE'], 'lease fetch');
  const { text, place, deviceKey, vendorKey } = await namesake.leases.fetch(await read(request), {
    team: settings.team,
  });
  await write(file, text);
  world.print(`Wrote the lease for ${place ?? 'that device'} into ${file}. It works on no other.`);
  world.print(`The key of that device: ${deviceKey}`);
  world.print('Carry it back, and run there, the first time with the vendor’s key:');
  world.print(`  namesake lease import ${file} --trust-key ${vendorKey}`);
  return exitCodes.done;
}

/** Takes a status list. */
export async function importStatusList({ namesake, world, files }: LeaseCommand): Promise<ExitCode> {
  const [file] = take(files, ['FILE'], 'status-list import');
  const revoked = await namesake.leases.importStatusList(await read(file));
  world.print(revoked === 0 ? 'None of the leases on this device is revoked.' : `Revoked on this device: ${revoked}.`);
  return exitCodes.done;
}

function howToTrust(file: string, keys: readonly string[]): string[] {
  return [
    'This device has never heard of the key that signed it. Compare it with what lease fetch has printed:',
    ...keys.map((key) => `  ${key}`),
    'If it is the same, run:',
    `  namesake lease import ${file} ${keys.map((key) => `--trust-key ${key}`).join(' ')}`,
  ];
}

function take<const Names extends readonly string[]>(
  files: readonly string[],
  names: Names,
  command: string,
): { readonly [Index in keyof Names]: string } {
  if (files.length !== names.length) throw new InputError(`It goes: namesake ${command} ${names.join(' ')}`);
  // As many as there are names: that was just checked.
  return files as { readonly [Index in keyof Names]: string };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new InputError(`${file} cannot be written: ${reasonOf(error)}.`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you may not',
  EISDIR: 'it is a folder',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? String(error);
}
