import { readJws } from './crypto/jws.ts';
import { thumbprint } from './crypto/thumbprint.ts';
import type { Entitlement } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';
import type { ClockGuard } from './lease/clock-guard.ts';
import { proveDevice } from './lease/dpop.ts';
import type { Lease } from './lease/lease.ts';
import { readLease } from './lease/lease.ts';
import { readLeaseFile, readRequestFile, writeLeaseFile, writeRequestFile } from './lease/lease-file.ts';
import type { LeaseGround } from './lease/lease-ground.ts';
import type { LeaseInfo } from './lease/lease-info.ts';
import { infoOf } from './lease/lease-info.ts';
import type { KeptLease } from './lease/lease-reader.ts';
import type { LeaseRefusal } from './lease/lease-refusal.ts';
import { isRefusal } from './lease/lease-refusal.ts';
import { NamesakeError } from './namesake-error.ts';
import type { ServerLink } from './server-link.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** What a lease is for. */
export interface LeaseSubject {
  /** The product's id or key. */
  readonly product: string;
  /** The team's id; may be left out where a licence is held in one team alone. */
  readonly team?: string | undefined;
}

/** What became of a file with leases. */
export interface LeaseImport {
  readonly taken: readonly LeaseInfo[];
  readonly refused: readonly LeaseRefusal[];
  /** Thumbprints (RFC 7638) of keys that have signed in this file, and that nobody here knows or trusts yet. */
  readonly unknownKeys: readonly string[];
}

/** A lease for another device. */
export interface FetchedLease {
  /** The file to carry to that device. */
  readonly text: string;
  /** Where that device says that it stands. */
  readonly place: string | undefined;
  /** The thumbprint (RFC 7638) of that device's key, to be compared by whoever wants to be sure. */
  readonly deviceKey: string;
  /** The thumbprint of the vendor's key that has signed the lease, as the server told over its connection. */
  readonly vendorKey: string;
}

/** What the leases of an application work with. */
export interface LeasesOptions {
  readonly ground: () => Promise<LeaseGround>;
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly guard: ClockGuard;
  readonly application: string;
  readonly place: string | undefined;
}

/** The leases of this device, for programs that carry them or show them. A `ProductUse` needs none of this. */
export class Leases {
  readonly #options: LeasesOptions;

  /** @internal Use `namesake.leases`. */
  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  /** The leases that are kept here. */
  async list(): Promise<readonly LeaseInfo[]> {
    const { keeper } = await this.#options.ground();
    await keeper.load({ anew: true });
    return keeper.kept.flatMap(describe);
  }

  /** Why nothing that is kept counts, if so: it was changed, or comes from another device. */
  async broken(): Promise<LeaseRefusal | undefined> {
    return (await this.#options.ground()).keeper.broken;
  }

  /** The thumbprint (RFC 7638) of this device's key, which is made when there is none. */
  async deviceKey(): Promise<string> {
    const { device } = await this.#options.ground();
    return (await device.get()).thumbprint;
  }

  /**
   * Gets a lease now.
   *
   * @throws NamesakeError `notSignedIn`, `refused` (with `reason`), `unreachable`
   */
  async renew(subject: LeaseSubject): Promise<LeaseInfo> {
    const { issuer } = await this.#options.ground();
    const lease = await issuer.renew(await this.#find(subject));
    if (lease === undefined) throw new NamesakeError('notSignedIn');
    if (isRefusal(lease)) throw refused(lease);
    return infoOf(lease, undefined);
  }

  /** Writes the leases of this device into a file's text, so that they can be kept elsewhere. They work on this device alone. */
  async export(): Promise<string> {
    const { keeper } = await this.#options.ground();
    await keeper.load({ anew: true });
    const { statusLists } = keeper.document;
    const leases = keeper.kept.map(({ token }) => token);
    return writeLeaseFile({ leases, statusLists, keys: keeper.trusted });
  }

  /**
   * Takes the leases of a file.
   *
   * Keys that came on the same stick prove nothing, so a lease counts only if its key is known from an earlier contact, is
   * pinned, or is trusted here by its thumbprint.
   *
   * @param trust Thumbprints (RFC 7638) that somebody has compared with what the vendor publishes.
   * @throws NamesakeError `unreadable`
   */
  async import(text: string, { trust = [] }: { readonly trust?: readonly string[] } = {}): Promise<LeaseImport> {
    const { keeper, crypto } = await this.#options.ground();
    const { leases, keys, statusLists } = readLeaseFile(text);
    await keeper.load({ anew: true });
    const signed = [...leases, ...statusLists].map((token) => readJws(token)?.header.kid);
    const prints = await Promise.all(keys.map((key) => thumbprint(key, crypto)));
    const known = await Promise.all(keeper.trusted.map((key) => thumbprint(key, crypto)));
    const isKnown = (print: string | undefined) => print !== undefined && [...known, ...trust].includes(print);
    const added = keys.filter((_, index) => isKnown(prints[index]) && !known.includes(prints[index] ?? ''));
    const all = [...keeper.document.keys, ...(keeper.isPinned ? keys : added)];
    const answers: (Lease | LeaseRefusal)[] = [];
    for (const lease of leases) answers.push(await keeper.take(lease, all));
    for (const list of statusLists) await keeper.takeStatusList(list);
    const taken = answers.flatMap((one) => (isRefusal(one) ? [] : one.id));
    return {
      taken: keeper.kept.flatMap(describe).filter(({ id }) => taken.includes(id)),
      refused: answers.filter(isRefusal),
      unknownKeys: prints.filter((print, index) => !isKnown(print) && signed.includes(keys[index]?.kid)),
    };
  }

  /**
   * Takes a status list that was carried here.
   *
   * @returns How many of this device's leases it revokes.
   * @throws NamesakeError `refused`
   */
  async importStatusList(token: string): Promise<number> {
    const { keeper } = await this.#options.ground();
    const list = await keeper.takeStatusList(token.trim());
    if (isRefusal(list)) throw refused(list);
    return keeper.kept.filter(({ refusal }) => refusal === 'leaseRevoked').length;
  }

  /** Writes a request, signed with this device's key, for somebody who has a network to fetch a lease with. */
  async request({ product, team }: LeaseSubject): Promise<string> {
    const { device, crypto } = await this.#options.ground();
    const { application, place, guard } = this.#options;
    const request = await proveDevice(await device.get(), { application, now: guard.serverNow }, crypto);
    return writeRequestFile({ application, product, team, place, request });
  }

  /**
   * Fetches a lease for another device, in the name of the person who is signed in here, with all that is needed to verify it there.
   *
   * @param request What `request` wrote on that device.
   * @returns What to carry back, and for whom it is.
   * @throws NamesakeError `notSignedIn`, `refused` (with `reason`), `unreachable`, `unreadable`
   */
  async fetch(request: string, subject: Partial<LeaseSubject> = {}): Promise<FetchedLease> {
    const { issuer, crypto } = await this.#options.ground();
    const file = await readRequestFile(request, crypto);
    this.#mustBeOwn(file.application);
    const wish = await this.#find({ product: subject.product ?? file.product, team: subject.team ?? file.team });
    const lease = await issuer.fetch(wish, file.request);
    mustBeFor(file.thumbprint, lease);
    const statusList = await issuer.fetchStatusListOf(lease).catch(() => undefined);
    const statusLists = statusList === undefined ? [] : [statusList];
    const keys = await issuer.fetchKeys();
    const signer = keys.find(({ kid }) => kid === readJws(lease)?.header.kid);
    if (signer === undefined) throw refused('wrongKey');
    const text = writeLeaseFile({ leases: [lease], keys, statusLists });
    return { text, place: file.place, deviceKey: file.thumbprint, vendorKey: await thumbprint(signer, crypto) };
  }

  #mustBeOwn(application: string): void {
    if (application === this.#options.application) return;
    throw new NamesakeError('refused', { message: `The request is for the application ${application}.` });
  }

  /** The team, asked for where it was left out. */
  async #find({ product, team }: LeaseSubject): Promise<{ teamId: string; productId: string }> {
    if (team !== undefined) return { teamId: team, productId: product };
    const { tokens, link } = this.#options;
    const token = await tokens.find();
    if (token === undefined) throw new NamesakeError('notSignedIn');
    const path = `/v1/me/entitlements?productId=${encodeURIComponent(product)}`;
    const { items } = readAccountEntitlements(await link.get(path, token, undefined));
    return { teamId: chooseTeam(items), productId: product };
  }
}

/** A server that knows no requests of other devices would issue one for this device. */
function mustBeFor(thumbprint: string, token: string): void {
  if (readLease(readJws(token)?.payload ?? {})?.thumbprint === thumbprint) return;
  throw new NamesakeError('refused', { message: 'This server issues no leases for other devices.' });
}

function chooseTeam(items: readonly Entitlement[]): string {
  const granted = items.filter(({ decision }) => decision);
  const [only] = granted.length === 0 ? items : granted;
  if (granted.length > 1 || only === undefined) {
    const reason = granted.length > 1 ? 'chooseTeam' : 'noTeam';
    throw new NamesakeError('refused', { reason, message: 'Say which team the lease is for.' });
  }
  return only.teamId;
}

function describe({ lease, refusal }: KeptLease): LeaseInfo[] {
  return lease === undefined ? [] : [infoOf(lease, refusal)];
}

function refused(refusal: LeaseRefusal): NamesakeError {
  return new NamesakeError('refused', { reason: refusal, message: `The server's lease is not taken: ${refusal}.` });
}
