import type { IncomingMessage, RequestListener } from 'node:http';

/** How long is waited for content that nobody reads. */
const UNREAD_MILLISECONDS = 2000;

/** Throws away what still comes of a request, and goes on once it has all come, nothing more will, or it takes too long. */
export function drain(request: IncomingMessage, next: () => void): void {
  const go = () => {
    clearTimeout(patience);
    request.off('end', go).off('close', go);
    next();
  };
  const patience = setTimeout(go, UNREAD_MILLISECONDS);
  request.once('end', go).once('close', go).resume();
}

/**
 * Lets the content of GET and HEAD come, which means nothing (RFC 9110 section 9.3.1), and throws it away before they are answered:
 * where a connection is closed with something unread the end of a long answer is lost with it (RFC 9112 section 9.6).
 */
export function afterContent(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (!hasUnread(request)) return void listener(request, response);
    drain(request, () => {
      // Whoever has hung up before everything had come is answered nothing.
      if (request.complete || !request.destroyed) listener(request, response);
    });
  };
}

const hasUnread = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
