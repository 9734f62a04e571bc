import type { Description, Operation } from './document.ts';
import { PROBLEM } from './document.ts';
import type { Draft } from './draft.ts';

/** An answer as the caller saw it. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly milliseconds: number;
  /** Whether the request broke HTTP itself: then an end without an answer is one, too. */
  readonly malformed?: boolean;
}

export const SLOWEST_MILLISECONDS = 5000;

/** What is wrong with the answer to a call; undefined where it is one that the document promises. */
export function faultOf(description: Description, draft: Draft, answer: Answer): string | undefined {
  if (answer.milliseconds > SLOWEST_MILLISECONDS) return `took ${Math.round(answer.milliseconds)} ms`;
  if (answer.status >= 500) return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
  if (answer.malformed) return undefined;
  if (answer.status === 0) return 'was not answered';
  const location = answer.headers.get('location');
  if (location !== undefined && !/^\/(?![/\\])/.test(location)) return `leads elsewhere: ${location}`;
  if (draft.method.toUpperCase() === 'HEAD') return undefined;
  if (answer.status >= 400) return problemFault(description, draft, answer);
  const { operation } = draft;
  return operation && draft.method === operation.method && !draft.strays ? successFault(operation, answer) : undefined;
}

function problemFault(description: Description, draft: Draft, { status, headers, text }: Answer): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (isForm(draft, type)) return undefined;
  if (type !== PROBLEM) return `answered ${status} as ${type || 'nothing'}: ${text.slice(0, 200)}`;
  const body = parse(text);
  const off = description.problem.faultOf(body);
  if (off !== undefined) return `answered a problem off its schema: ${off}: ${text.slice(0, 200)}`;
  // The schema says that it has both.
  const problem = body as { status: number; code: string };
  if (problem.status !== status) return `answered ${status} with a problem of status ${problem.status}`;
  if (!draft.operation || mayBeAtTheDoor(draft, status)) return undefined;
  const declared = draft.operation.answers.get(status);
  return declared?.codes.has(problem.code)
    ? undefined
    : `answered ${status} ${problem.code}, which ${draft.operation.id} does not declare`;
}

/** The device flow answers in OAuth's own form (RFC 6749 section 5.2). */
const isForm = ({ path }: Draft, type: string): boolean =>
  path.startsWith('/oauth/') && type.startsWith('application/json');

/** A call that strays may come to any address, and one to another host comes to none. */
const mayBeAtTheDoor = ({ strays, strangeHost }: Draft, status: number): boolean =>
  strays || (strangeHost && status === 421);

function successFault(operation: Operation, { status, headers, text }: Answer): string | undefined {
  const declared = operation.answers.get(status);
  if (!declared) return `answered ${status}, which ${operation.id} does not declare`;
  const type = headers.get('content-type') ?? '';
  if (type.split(';')[0] !== declared.mediaType) return `answered ${status} as ${type}`;
  const off = declared.faultOf(parse(text));
  return off === undefined ? undefined : `answered ${status} off its schema: ${off}: ${text.slice(0, 200)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
