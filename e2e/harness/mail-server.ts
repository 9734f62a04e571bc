import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine, which refuses every recipient until it is told to take them. */
export class MailServer {
  readonly #smtp: SMTPServer;
  #accepts = false;

  private constructor() {
    this.#smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, answer) => {
        if (this.#accepts) answer();
        else answer(Object.assign(new Error(`${address} is unknown here`), { responseCode: 550 }));
      },
      onData: (stream, _session, answer) => {
        stream.on('end', () => answer()).resume();
      },
    });
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    server.#smtp.listen(0, '127.0.0.1');
    await once(server.#smtp.server, 'listening');
    return server;
  }

  get url(): string {
    // A listening TCP server has an address of this shape.
    const { port } = this.#smtp.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  /** From now on every recipient is known. */
  accept(): void {
    this.#accepts = true;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#smtp.close(() => resolve()));
  }
}
