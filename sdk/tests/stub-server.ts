import { createHash } from 'node:crypto';
import type { Entitlement } from '../entitlement.ts';
import { readProof, StubVendor } from './stub-vendor.ts';

/** A team as the tests describe it; the rest is filled in. */
export type StubTeam = Pick<Entitlement, 'teamId' | 'teamName'> & Partial<Entitlement>;

type Grant = 'pending' | 'slowDown' | 'approved' | 'declined' | 'expired';

interface OpenStream {
  readonly token: string;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}

const encoder = new TextEncoder();

/** A server of one account that speaks the wire of the SDK, in process. */
export class StubServer {
  readonly account = { id: 'acc_1', name: 'Pia Person', email: 'pia@example.com' };
  readonly requests: { path: string; headers: Headers; form: URLSearchParams; body: string }[] = [];
  readonly streams = new Set<OpenStream>();
  readonly tokens = new Set(['token-0']);
  /** What the next polls of the token endpoint get; the last one stays. */
  grants: Grant[] = ['approved'];
  interval: number | undefined = 5;
  /** Answers nothing and nobody. */
  down = false;
  /** Answers streams with this status, as a proxy would. */
  streamStatus = 200;
  /** Answers questions with this status. */
  askStatus = 200;
  /** Answers to questions wait for this. */
  askGate: Promise<void> = Promise.resolve();
  /** The server's clock; leases are issued and times told only where there is one. */
  clock: { now(): number } | undefined;
  vendor = new StubVendor();
  /** Places of leases that were revoked. */
  revoked: number[] = [];
  /** Answers to whoever wants a lease: this status, with this code. */
  leaseStatus = 200;
  leaseCode = 'signingUnavailable';
  /** Answers `GET /v1/me/why`. */
  why: object | undefined;
  readonly #proofs = new Set<unknown>();
  #entitlements = new Map<string, Entitlement>();

  /** Takes the place of `fetch`. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    init.signal?.throwIfAborted();
    if (this.down) throw new TypeError('fetch failed');
    const request = new Request(url, init);
    const { pathname } = new URL(url);
    const body = await request.text();
    const form = new URLSearchParams(body);
    this.requests.push({ path: pathname, headers: request.headers, form, body });
    const response = await this.#answer(pathname, request, { form, body });
    if (this.clock !== undefined) response.headers.set('date', new Date(this.clock.now()).toUTCString());
    return response;
  };

  async #answer(
    pathname: string,
    request: Request,
    { form, body }: { form: URLSearchParams; body: string },
  ): Promise<Response> {
    switch (pathname) {
      case '/oauth/device_authorization':
        return this.#authorise(form);
      case '/oauth/token':
        return this.#grant();
      case '/oauth/revoke':
        this.revoke(form.get('token') ?? '');
        return new Response(null, { status: 200 });
      case '/v1/me/entitlements':
        return await this.#ask(request);
      case '/v1/me/stream':
        return this.#open(request);
      case '/v1/me/leases':
        return this.#lease(request, JSON.parse(body));
      case '/v1/me/receipts':
        return Response.json({});
      case '/v1/me/why':
        return this.why === undefined ? problem(404, 'notFound') : Response.json(this.why);
      case '/.well-known/jwks.json':
        return Response.json({ keys: [this.vendor.publicJwk] });
      case '/v1/status-lists/1':
        return new Response(this.vendor.statusList(this.revoked, this.clock?.now() ?? 0));
      default:
        return problem(404, 'notFound');
    }
  }

  /** What was posted to a path. */
  bodies(path: string): Record<string, unknown>[] {
    return this.requests.filter((request) => request.path === path).map(({ body }) => JSON.parse(body));
  }

  /** How often a path was asked. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  /** Puts the account into these teams and tells the streams. */
  setTeams(...teams: StubTeam[]): void {
    this.#entitlements = new Map(teams.map((team) => [team.teamId, complete(team)]));
    this.send('event: teams\ndata: {}\n\n');
  }

  /** Changes one team's answer and tells the streams. */
  change(teamId: string, change: Partial<Entitlement>): void {
    this.changeSilently(teamId, change);
    this.send(this.#event(this.#get(teamId)));
  }

  /** Changes one team's answer and tells nobody, as if the message had been lost. */
  changeSilently(teamId: string, change: Partial<Entitlement>): void {
    const before = this.#get(teamId);
    this.#entitlements.set(teamId, { ...before, revision: before.revision + 1, ...change });
  }

  /** Changes one team's answer and tells the story of it: `given`, `taken`, `ending`, `renewed`. */
  tell(type: string, teamId: string, change: Partial<Entitlement>): void {
    this.changeSilently(teamId, change);
    this.send(this.#event(this.#get(teamId), type));
  }

  beat(): void {
    this.send(': beat\n\n');
  }

  send(text: string): void {
    for (const { controller } of this.streams) controller.enqueue(encoder.encode(text));
  }

  /** Ends all streams, as a restart does. */
  hangUp(): void {
    for (const stream of [...this.streams]) {
      this.streams.delete(stream);
      stream.controller.close();
    }
  }

  revoke(token: string): void {
    this.tokens.delete(token);
    for (const stream of [...this.streams].filter((open) => open.token === token)) {
      this.streams.delete(stream);
      stream.controller.close();
    }
  }

  #authorise(form: URLSearchParams): Response {
    if (form.get('client_id') !== 'sketchpad') return Response.json({ error: 'invalid_client' }, { status: 401 });
    return Response.json({
      device_code: 'device-1',
      user_code: 'WDJB-MJHT',
      verification_uri: 'http://localhost:4280/device',
      verification_uri_complete: 'http://localhost:4280/device?code=WDJB-MJHT',
      expires_in: 600,
      ...(this.interval !== undefined && { interval: this.interval }),
    });
  }

  #grant(): Response {
    const grant = (this.grants.length > 1 ? this.grants.shift() : this.grants[0]) ?? 'approved';
    if (grant !== 'approved') return Response.json({ error: oauthErrors[grant] }, { status: 400 });
    const token = `token-${this.tokens.size}`;
    this.tokens.add(token);
    return Response.json({ access_token: token, token_type: 'Bearer', expires_in: 86_400 });
  }

  async #ask(request: Request): Promise<Response> {
    if (this.#token(request) === undefined) return problem(401, 'notSignedIn');
    if (this.askStatus !== 200) return problem(this.askStatus, 'internalError');
    const product = new URL(request.url).searchParams.get('productId');
    const items = [...this.#entitlements.values()];
    const known = items.filter((item) => product === null || [item.productKey, item.productId].includes(product));
    await this.askGate;
    return Response.json({ account: this.account, items: known });
  }

  #open(request: Request): Response {
    const token = this.#token(request);
    if (token === undefined) return problem(401, 'notSignedIn');
    if (this.streamStatus !== 200) return problem(this.streamStatus, 'internalError');
    let stream: OpenStream;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = { token, controller };
        this.streams.add(stream);
        for (const item of this.#entitlements.values()) controller.enqueue(encoder.encode(this.#event(item)));
      },
      cancel: () => {
        this.streams.delete(stream);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  #lease(request: Request, body: { teamId: string; deviceRequest?: string }): Response {
    const token = this.#token(request);
    if (this.clock === undefined) return problem(404, 'notFound');
    if (token === undefined) return problem(401, 'notSignedIn');
    if (this.leaseStatus !== 200) return problem(this.leaseStatus, this.leaseCode);
    const now = this.clock.now();
    const proof = readProof(request.headers.get('dpop') ?? '', 'dpop+jwt');
    const asked = body.deviceRequest === undefined ? proof : readProof(body.deviceRequest, 'lease-request+jwt');
    if (!this.#isGoodProof(proof?.claims, token, now) || asked === undefined) return problem(400, 'invalidDpopProof');
    const item = this.#entitlements.get(body.teamId);
    if (!item?.decision) return problem(403, 'leaseRefused', { reason: item?.reason ?? 'notMember' });
    return Response.json({ lease: this.vendor.lease({ item, now, thumbprint: asked.thumbprint }) });
  }

  /** As RFC 9449 section 4.3 says. */
  #isGoodProof(claims: Record<string, unknown> | undefined, token: string, now: number): boolean {
    const { htm, htu, ath, iat, jti } = claims ?? {};
    const isFresh = Math.abs(Number(iat) * 1000 - now) <= 60_000 && !this.#proofs.has(jti);
    this.#proofs.add(jti);
    const hash = createHash('sha256').update(token).digest('base64url');
    return isFresh && htm === 'POST' && htu === `${this.vendor.issuer}/v1/me/leases` && ath === hash;
  }

  #token(request: Request): string | undefined {
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    return this.tokens.has(token) ? token : undefined;
  }

  #event(item: Entitlement, type = 'entitlement'): string {
    const ids = [...this.#entitlements.values()].map(({ teamId, revision }) => `${teamId}:${revision}`);
    return `id: ${ids.join(',')}\nevent: ${type}\ndata: ${JSON.stringify(item)}\n\n`;
  }

  #get(teamId: string): Entitlement {
    const item = this.#entitlements.get(teamId);
    if (item === undefined) throw new Error(`The stub has no team ${teamId}.`);
    return item;
  }
}

const oauthErrors = {
  pending: 'authorization_pending',
  slowDown: 'slow_down',
  declined: 'access_denied',
  expired: 'expired_token',
} as const;

function complete(team: StubTeam): Entitlement {
  return {
    productId: 'prod_share',
    productKey: 'share',
    productName: 'Share',
    decision: false,
    reason: 'noLicence',
    until: null,
    revision: 1,
    ...team,
  };
}

function problem(status: number, code: string, more: object = {}): Response {
  const body = { type: `https://example.com/problems/${code}`, title: code, status, code, ...more };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}
