import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from '@playwright/test';

/** The part of axe and of its results that is used here. */
interface Axe {
  run: (context: Document, options: object) => Promise<{ violations: Violation[] }>;
}
interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** All rules, or those about colours alone, for a page that differs from one already judged in its colours only. */
export type Rules = 'all' | 'colours';

const options: Record<Rules, object> = {
  all: { resultTypes: ['violations'], iframes: false },
  colours: { resultTypes: ['violations'], iframes: false, runOnly: ['color-contrast', 'link-in-text-block'] },
};

// axe comes with its adapter for Playwright. The adapter itself loads it anew for each check and into each frame twice,
// which costs more than all checks together.
const require = createRequire(import.meta.url);
const source = readFileSync(
  createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What keeps people from using this page: axe's faults that are serious or critical, in each frame of it. */
export async function findBarriers(page: Page, rules: Rules): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) {
    for (const { id, nodes } of await violationsIn(frame, rules)) {
      found.push(...nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
    }
  }
  return found;
}

async function violationsIn(frame: Frame, rules: Rules): Promise<Violation[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source);
  const { violations } = await frame.evaluate((chosen) => {
    // The script has put it there.
    const { axe } = window as unknown as { axe: Axe };
    return axe.run(document, chosen);
  }, options[rules]);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
