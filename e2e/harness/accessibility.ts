import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

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

/** What keeps people from using this page and the mail in it: axe's faults that are serious or critical. */
export async function findBarriers(page: Page, rules: Rules): Promise<string[]> {
  const violations = [...(await violationsOf(page, rules)), ...(await violationsOfMail(page, rules))];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

async function violationsOf(page: Page, rules: Rules): Promise<readonly Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate((chosen) => {
    // The script has put it there.
    const { axe } = window as unknown as { axe: Axe };
    return axe.run(document, chosen);
  }, options[rules]);
  return violations;
}

/** A mail stands in a frame where no script runs, not even axe: it is judged on a page of its own. */
async function violationsOfMail(page: Page, rules: Rules): Promise<readonly Violation[]> {
  const frame = page.locator('iframe[srcdoc]');
  if ((await frame.count()) === 0) return [];
  const html = (await frame.getAttribute('srcdoc')) ?? '';
  const size = await frame.boundingBox();
  const alone = await page.context().newPage();
  if (size) await alone.setViewportSize({ width: Math.ceil(size.width), height: Math.ceil(size.height) });
  await alone.setContent(html);
  const violations = await violationsOf(alone, rules);
  await alone.close();
  return violations;
}
