import type { IncomingMessage, RequestListener } from 'node:http';

/** How long is waited for content that nobody reads, before it is answered all the same. */
const PATIENCE_MILLISECONDS = 2000;

/**
 * Lets the content of GET and HEAD come, which means nothing (RFC 9110 section 9.3.1), and throws it away before they are answered:
 * where a connection is closed with something unread the end of a long answer is lost with it (RFC 9112 section 9.6).
 */
export function afterContent(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (!hasUnread(request)) return void listener(request, response);
    const answer = () => {
      clearTimeout(patience);
      request.off('end', answer);
      listener(request, response);
    };
    const patience = setTimeout(answer, PATIENCE_MILLISECONDS);
    request.once('end', answer).once('close', () => clearTimeout(patience));
    request.resume();
  };
}

const hasUnread = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
