import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Snapshot } from './snapshot.ts';

interface SealRow {
  readonly number: number;
  readonly seal: number;
  readonly heads: number;
  readonly before: string;
  readonly digest: string;
  readonly kid: string;
  readonly signature: string;
  /** The key's 32 bytes in base64; null where no such key was ever published. */
  readonly publicX: string | null;
  /** Streams that were there long before the seal and that no seal up to it lists. */
  readonly left: readonly string[];
}

interface HeadRow {
  readonly seal: number;
  readonly streamId: string;
  readonly number: number;
  readonly hash: string;
  /** What the event of this number carries; null where there is none. */
  readonly eventHash: string | null;
}

const SEALS = `
  select e.number::int as number, (e.data->>'seal')::int as seal, (e.data->>'heads')::int as heads, e.data->>'before' as before,
         e.data->>'digest' as digest, e.data->>'kid' as kid, e.data->>'signature' as signature, encode(k.public_x, 'base64') as "publicX",
         array(select b.stream_id from event b where b.number = 1 and b.at < e.at - interval '10 minutes'
                 and b.transaction_id < e.transaction_id and not exists (
                 select from sealed_head h where h.stream_id = b.stream_id and h.seal <= (e.data->>'seal')::int)
                limit 5) as left
    from event e left join signing_key k on k.kid = e.data->>'kid'
   where e.stream_id = 'vendor' and e.kind = 'recordSealed' order by e.number`;

const HEADS = `
  select h.seal::int as seal, h.stream_id as "streamId", h.number::int as number, encode(h.hash, 'hex') as hash,
         encode(e.hash, 'hex') as "eventHash"
    from sealed_head h left join event e on e.stream_id = h.stream_id and e.number = h.number
   order by h.seal, h.stream_id collate "C"`;

/** What is wrong with the seals of the record: each signs the heads of all streams that grew, and its predecessor. */
export async function sealFaults(snapshot: Snapshot): Promise<string[]> {
  const seals = await snapshot.rows<SealRow>(SEALS);
  const heads = Map.groupBy(await snapshot.rows<HeadRow>(HEADS), ({ seal }) => seal);
  const digests = ['0'.repeat(64), ...seals.map(({ digest }) => digest)];
  const faults = seals.flatMap((seal, index) => {
    const listed = heads.get(seal.seal) ?? [];
    const where = `rule 11: vendor event ${seal.number} (recordSealed)`;
    return [
      ...(seal.seal === index + 1 ? [] : [`${where}: is seal ${seal.seal}, and ${index + 1} comes next`]),
      ...(seal.before === digests[index] ? [] : [`${where}: does not follow the seal before`]),
      ...(seal.heads === listed.length
        ? []
        : [`${where}: covers ${seal.heads} heads, and ${listed.length} are listed`]),
      ...(seal.digest === digestOf(seal, listed) ? [] : [`${where}: is not the digest of what is listed`]),
      ...(isSigned(seal) ? [] : [`${where}: is not signed by ${seal.kid}`]),
      ...seal.left.map((stream) => `${where}: leaves ${stream} out`),
    ];
  });
  const changed = [...heads.values()]
    .flat()
    .filter(({ hash, eventHash }) => hash !== eventHash)
    .map(
      ({ streamId, number, seal }) => `rule 11: ${streamId} event ${number} is not the one that seal ${seal} covers`,
    );
  return [...faults, ...changed];
}

/** Two steps of SHA-256, as the record's definition names them. */
function digestOf({ before }: SealRow, heads: readonly HeadRow[]): string {
  const lines = heads.map(({ streamId, number, hash }) => `${streamId} ${number} ${hash}\n`).join('');
  return sha256(`${before}\n${sha256(lines)}`);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An EdDSA signature in the compact form (RFC 7515 section 3.1) over what the event states. */
function isSigned({ signature, publicX, seal, heads, before, digest }: SealRow): boolean {
  const [header = '', payload = '', mac = ''] = signature.split('.');
  if (publicX === null) return false;
  const x = Buffer.from(publicX, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(mac, 'base64url'))) return false;
  const stated: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return Object.entries({ seal, heads, before, digest }).every(([name, value]) => stated[name] === value);
}
