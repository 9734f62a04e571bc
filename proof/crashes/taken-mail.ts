/** A mail as the mail server has taken it. */
export interface TakenMail {
  /** What its `Message-ID` names: the notice. */
  readonly id: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** The one-time link in it, taken apart. */
  readonly link: { readonly linkId: string; readonly secret: string } | undefined;
}

/** Reads a mail out of a line of the mail server's file. */
export function readMail(line: string): TakenMail {
  // The line was written by the mail server's process.
  const { to, raw } = JSON.parse(line) as { to: string[]; raw: string };
  return mailOfBytes(to, Buffer.from(raw, 'base64'));
}

export function mailOfBytes(to: readonly string[], raw: Buffer): TakenMail {
  const text = raw.toString('latin1');
  const id = /^message-id:\s*<([^@>]+)@/im.exec(text)?.[1] ?? '';
  const [, linkId, secret] = /\/l\/(link_[0-9a-z]{26})#([\w-]+)/.exec(unfold(text)) ?? [];
  return { id, to, raw, link: linkId && secret ? { linkId, secret } : undefined };
}

/** Quoted-printable (RFC 2045 section 6.7) breaks long lines with `=`. */
const unfold = (text: string): string =>
  text
    .replace(/=\r?\n/g, '')
    .replace(/=3D/g, '=')
    .replace(/=23/g, '#');
