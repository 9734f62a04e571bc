import type { ProblemCode } from '../../../data/api-problem.ts';
import { problemCode } from '../../../data/api-problem.ts';

export interface ManyResult<Done> {
  readonly done: readonly Done[];
  /** Whoever was refused for a reason of their own, while the others went on. */
  readonly refused: number;
  /** Whoever was not reached any more, because the reason holds for everybody. */
  readonly left: number;
  readonly stoppedBy: ProblemCode | undefined;
}

/**
 * Does one thing for many people, one after the other.
 *
 * It stops where going on can't help: nothing is free any more, the server is away, the role was lost.
 */
export async function doForMany<Item, Done>(
  items: readonly Item[],
  act: (item: Item) => Promise<Done>,
  onProgress: (count: number) => void = () => {},
): Promise<ManyResult<Done>> {
  const done: Done[] = [];
  let refused = 0;
  for (const [index, item] of items.entries()) {
    try {
      done.push(await act(item));
    } catch (error) {
      const code = problemCode(error);
      if (!ofOnePerson.has(code)) return { done, refused, left: items.length - index, stoppedBy: code };
      refused += 1;
    }
    onProgress(index + 1);
  }
  return { done, refused, left: 0, stoppedBy: undefined };
}

const ofOnePerson: ReadonlySet<ProblemCode> = new Set([
  'alreadyHolds',
  'memberUnknown',
  'holderChanged',
  'licenceNotHeld',
]);
