import type { LineCounter, Node, ParsedNode } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { z } from 'zod';

/** A mistake in the deployment's file, told so that its writer finds it. */
export interface DeploymentFault {
  readonly line: number;
  /** The path of the field, such as `products.share.name`. */
  readonly field: string;
  readonly message: string;
}

/** Turns what the shape found wrong into faults with the lines where they stand. */
export function faultsOf(error: z.ZodError, root: ParsedNode | null, lines: LineCounter): DeploymentFault[] {
  return error.issues.flatMap((issue) =>
    pathsOf(issue).map((path) => ({
      line: lineOf(path, root, lines),
      field: path.join('.'),
      message: issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message.replace(/^Invalid input: /, ''),
    })),
  );
}

function pathsOf(issue: z.core.$ZodIssue): string[][] {
  const path = issue.path.map(String);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

/** The line of a field's key; for a missing one, of the nearest thing around it that is there. */
function lineOf(path: readonly string[], root: ParsedNode | null, lines: LineCounter): number {
  let node: unknown = root;
  let offset = 0;
  for (const step of path) {
    const next = stepInto(node, step);
    if (!next) break;
    offset = next.offset;
    node = next.node;
  }
  return lines.linePos(offset).line;
}

function stepInto(node: unknown, step: string): { offset: number; node: unknown } | undefined {
  if (isSeq(node)) {
    // The parser's own nodes carry their ranges.
    const item = node.items[Number(step)] as Node | undefined;
    return item && { offset: item.range?.[0] ?? 0, node: item };
  }
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
  if (!pair || !isScalar(pair.key)) return undefined;
  return { offset: pair.key.range?.[0] ?? 0, node: pair.value };
}
