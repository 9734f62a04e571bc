import type { NamesakeCache } from '../cache.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { findCrypto } from '../crypto/find-crypto.ts';
import { defaultCache } from '../default-cache.ts';
import type { ServerLink } from '../server-link.ts';
import type { TokenKeeper } from '../token-keeper.ts';
import type { ClockGuard } from './clock-guard.ts';
import { DeviceKeyKeeper } from './device-key.ts';
import type { TrustedKeys } from './key-ring.ts';
import { LeaseIssuer } from './lease-issuer.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { LeaseReader } from './lease-reader.ts';
import { LeaseStore } from './lease-store.ts';
import type { OverLeases } from './over-leases.ts';

/** Where the program runs. Tests bring their own. */
export interface Surroundings {
  readonly findCrypto: () => Promise<Crypto>;
  readonly findMachineId: () => Promise<string | undefined>;
}

/** This machine. */
export const thisMachine: Surroundings = { findCrypto, findMachineId };

/** What leases need to be issued and kept. */
export interface LeaseGround {
  readonly crypto: Crypto;
  readonly device: DeviceKeyKeeper;
  readonly keeper: LeaseKeeper;
  readonly issuer: LeaseIssuer;
}

/** What the ground is laid with. */
export interface LeaseGroundOptions {
  /** Differs by server and application. */
  readonly place: string;
  readonly application: string;
  readonly issuer: string;
  readonly trustedKeys: TrustedKeys | undefined;
  readonly cache: NamesakeCache | undefined;
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly guard: ClockGuard;
  readonly over: OverLeases;
  readonly surroundings: Surroundings;
}

/** Lays the ground for leases, and reads those that are kept. */
export async function openLeases(options: LeaseGroundOptions): Promise<LeaseGround> {
  const { place, application, issuer, trustedKeys, link, tokens, guard, over, surroundings } = options;
  const [crypto, machineId] = await Promise.all([surroundings.findCrypto(), surroundings.findMachineId()]);
  const opened = options.cache ?? defaultCache();
  const cache = async () => await opened;
  const device = new DeviceKeyKeeper({ name: `device-key ${place}`, cache, crypto, machineId });
  const store = new LeaseStore({ name: `lease ${place}`, cache, crypto, device });
  const reader = new LeaseReader({ crypto, application, issuer, trustedKeys });
  const keeper = new LeaseKeeper({ store, over, reader, crypto, device, guard });
  await keeper.load();
  return {
    crypto,
    device,
    keeper,
    issuer: new LeaseIssuer({ link, tokens, device, keeper, guard, crypto, publicAddress: issuer }),
  };
}

async function findMachineId(): Promise<string | undefined> {
  const runtime: { process?: { platform?: string; versions?: { node?: string } } } = globalThis;
  if (runtime.process?.versions?.node === undefined) return undefined;
  return await (await import('./machine-id.ts')).findMachineId(runtime.process.platform ?? '');
}
