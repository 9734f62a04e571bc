import type { ClientRequest } from 'node:http';

/** Whether a request failed on a connection that was kept and that the other side had closed meanwhile: nobody has heard it (RFC 9110 section 9.2.2). */
export const isUnheard = (sent: ClientRequest, { code }: NodeJS.ErrnoException): boolean =>
  sent.reusedSocket && code === 'ECONNRESET';
