import { rmSync } from 'node:fs';
import { artefacts } from './artefacts.ts';

/** What a run leaves to look at is of that run alone. */
export default function clearArtefacts(): void {
  rmSync(artefacts, { recursive: true, force: true });
}
