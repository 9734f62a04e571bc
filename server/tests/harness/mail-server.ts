import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  /** The messages that it took, as they came over the wire, oldest first. */
  readonly messages: Buffer[];
  /** What it says to the next recipients instead of taking them: the status and the text. */
  answer: { readonly code: number; readonly text: string } | undefined;
  close(): Promise<void>;
}

/** A mail server in this process. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const messages: Buffer[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, done) {
      done(
        mailServer.answer && Object.assign(new Error(mailServer.answer.text), { responseCode: mailServer.answer.code }),
      );
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  // A client that goes away without a word is none of the test's business.
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  // A listening TCP server has an address of this shape.
  const { port: open } = server.server.address() as AddressInfo;
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${open}`,
    messages,
    answer: undefined,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return mailServer;
}
