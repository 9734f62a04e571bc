import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AppError } from '../app-error.ts';
import type { DeviceCaller } from '../caller.ts';
import type { LoadLimit } from '../load-limit.ts';
import type { Authentication } from './authenticate.ts';
import { bearerOf } from './authenticate.ts';
import { clientOf, networkOf } from './client-address.ts';
import type { OpenSender } from './event-stream.ts';
import { streamToSocket } from './event-stream.ts';
import { requireHost } from './host-check.ts';
import { answerProblem } from './lean-listener.ts';
import type { LeanOptions } from './lean-route.ts';

/** A stream that thousands of signed-in applications keep open. */
export interface LeanStream {
  readonly path: string;
  /** @throws AppError where the caller has too many streams, or nothing current can be said. */
  open(caller: DeviceCaller, lastEventId: string | undefined): Promise<OpenSender>;
}

export interface LeanStreamOptions extends LeanOptions {
  readonly findDevice: Authentication['findDevice'];
  /** How many are looked up at a time. */
  readonly limit: LoadLimit;
}

/** Serves a stream on the socket itself to whoever comes with a token, and hands everything else to the next listener. */
export function leanStream(stream: LeanStream, options: LeanStreamOptions, next: RequestListener): RequestListener {
  return (request, response) => {
    const isOurs = request.method === 'GET' && request.url === stream.path;
    const token = isOurs ? bearerOf(request.headers.authorization) : undefined;
    if (token === undefined) return next(request, response);
    serve({ stream, options, request, response, token }).catch((error: unknown) =>
      answerProblem({ request, response, options }, error),
    );
  };
}

interface Exchange {
  readonly stream: LeanStream;
  readonly options: LeanStreamOptions;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly token: string;
}

async function serve({ stream, options, request, response, token }: Exchange): Promise<void> {
  if (options.publicHost !== undefined) requireHost(request.headers.host ?? '', options.publicHost);
  const { clientAddress, limit } = options;
  const who = networkOf(clientOf(request, clientAddress));
  // Whoever has hung up while it waited is not looked up any more.
  const find = async () => (response.destroyed ? undefined : options.findDevice(token));
  const caller = await limit.run(find, { who });
  if (!caller) throw new AppError('notSignedIn');
  const open = await stream.open(caller, request.headers['last-event-id']?.toString());
  if (response.destroyed) return open(gone).close();
  streamToSocket(response, open);
  // A token that ended while its stream was being opened was told to nobody.
  if (!(await options.findDevice(token))) response.end();
}

/** The end of a stream whose client left while it was being let in. */
const gone = { send: () => {}, close: () => {} };
