import nodemailer from 'nodemailer';
import MimeNode from 'nodemailer/lib/mime-node';
import { ConfigError } from './config-error.ts';

/** A mail, ready to be read. */
export interface Mail {
  /** What it is known by: every repeat of the same mail carries the same one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  /** The moment that it says it was written at. */
  readonly at: Date;
}

/** How the mail server answered. `delayed` is worth another try, `refused` is not. */
export type HandOver =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'delayed' | 'refused'; readonly reason: string };

/** The way on which mail leaves. */
export interface MailTransport {
  handOver(mail: Mail): Promise<HandOver>;
  close(): void;
}

export interface SmtpOptions {
  readonly url: string;
  /** The sender, such as `Namesake <no-reply@example.com>`. */
  readonly from: string;
  /** Host name that the ids of messages end with. */
  readonly host: string;
  /** Whether a mail is rather kept than handed over in the clear (STARTTLS, RFC 3207). */
  readonly requireTls?: boolean;
}

const CONNECTIONS = 2;
const CONNECT_MILLISECONDS = 10_000;
const SILENCE_MILLISECONDS = 30_000;

/**
 * Hands mail to an SMTP server, over few connections that it keeps.
 *
 * @throws ConfigError where the address of the server is none.
 */
export function createSmtpTransport({ url, from, host, requireTls = false }: SmtpOptions): MailTransport {
  if (!/^smtps?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new ConfigError('NAMESAKE_SMTP_URL', 'is no smtp or smtps address');
  const transporter = nodemailer.createTransport({
    url,
    pool: true,
    requireTLS: requireTls,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENCE_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async handOver(mail) {
      const message = createMessage(mail, { from, host });
      try {
        await transporter.sendMail({ envelope: message.getEnvelope(), raw: await message.build() });
        return { outcome: 'accepted' };
      } catch (error) {
        return answerOf(error);
      }
    },
    close: () => transporter.close(),
  };
}

/** The bytes of a mail (RFC 5322): the same for the same mail, whenever they are made. */
export function bytesOf(mail: Mail, sender: Pick<SmtpOptions, 'from' | 'host'>): Promise<Buffer> {
  return createMessage(mail, sender).build();
}

function createMessage(mail: Mail, { from, host }: Pick<SmtpOptions, 'from' | 'host'>): MimeNode {
  const message = new MimeNode('multipart/alternative', {
    baseBoundary: mail.id,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  message.setHeader({
    from,
    to: { name: '', address: mail.to },
    subject: oneLine(mail.subject),
    date: mail.at.toUTCString().replace('GMT', '+0000'),
    'message-id': `<${mail.id}@${host}>`,
    'content-language': mail.language,
    // RFC 3834: no holiday notes in answer to this.
    'auto-submitted': 'auto-generated',
  });
  for (const [type, content] of [
    ['text/plain', mail.text],
    ['text/html', mail.html],
  ] as const) {
    message
      .createChild(`${type}; charset=utf-8`)
      .setHeader('content-transfer-encoding', 'quoted-printable')
      .setContent(content);
  }
  return message;
}

/** Names come from people; nothing in them may end a header's line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Only a 5xx answer to the mail itself is a refusal; a failed sign-in is ours to mend and may be mended meanwhile. */
function answerOf(error: unknown): HandOver {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const refused = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH';
  return { outcome: refused ? 'refused' : 'delayed', reason: reasonOf(error) };
}

const REASON_CHARACTERS = 300;

/** What the server said, without what looks like the secret of a link or a sign-in. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return oneLine(text)
    .replace(/#[\w-]{16,}/g, '#…')
    .replace(/\/\/[^\s/@]+@/g, '//…@')
    .slice(0, REASON_CHARACTERS);
}
