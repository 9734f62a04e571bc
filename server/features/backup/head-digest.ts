import { createHash } from 'node:crypto';
import { sealLine } from '../../../domain/seal.ts';
import { readCopyLine } from '../../platform/copy-text.ts';

/** Sums up the heads of all streams while their table is copied: the same digest as a walk over the record finds. */
export class HeadDigest {
  readonly #hash = createHash('sha256');
  #streams = 0;

  get streams(): number {
    return this.#streams;
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Hands the copy on as it is. */
  async *over(copy: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let rest = '';
    for await (const chunk of copy) {
      // Ids, numbers and hashes: no character of several bytes is cut in two.
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#add(line);
      yield chunk;
    }
  }

  #add(line: string): void {
    const [id, head, hash] = readCopyLine(line);
    this.#hash.update(sealLine.head(id ?? '', Number(head), (hash ?? '').replace(/^\\x/, '')));
    this.#streams += 1;
  }
}
