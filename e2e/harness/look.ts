import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Rules } from './accessibility.ts';
import { findBarriers } from './accessibility.ts';
import { artefacts } from './artefacts.ts';

/** How a page is looked at. In the dark it is the same page in other colours. */
const appearances = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 }, rules: 'all' },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 }, rules: 'colours' },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, rules: 'all' },
] as const;

export const desktop = appearances[0].viewport;

/** Keeps pictures of a page, and holds it against the rules of accessibility. */
export type Look = (page: Page, name: string) => Promise<void>;

/** Looks at the pages of one journey, counting them in the order of the visit. */
export function lookOf(journey: string): Look {
  let count = 0;
  return async (page, name) => {
    count += 1;
    const file = path.join(artefacts, journey, `${String(count).padStart(2, '0')}-${name}`);
    const before = page.viewportSize() ?? desktop;
    await page.mouse.move(0, 0);
    for (const appearance of appearances) {
      await page.emulateMedia({ colorScheme: appearance.colorScheme });
      await unroll(page, appearance.viewport);
      await page.screenshot({ path: `${file}-${appearance.name}.png`, animations: 'disabled' });
      await judge(page, `${name} (${appearance.name})`, appearance.rules);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(before);
    await settled(page);
  };
}

/** Makes the window as high as the page, so that what sticks to its edges stands where it belongs. */
async function unroll(page: Page, viewport: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(viewport);
  await settled(page);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height <= viewport.height) return;
  await page.setViewportSize({ ...viewport, height });
  await settled(page);
}

/** Nothing is on its way any more, and what changed is painted. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Faults are collected, so that one run tells all of them. */
async function judge(page: Page, what: string, rules: Rules): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overhang, `${what}: pixels wider than the screen`).toBeLessThanOrEqual(0);
  expect.soft(await findBarriers(page, rules), `${what}: accessibility`).toEqual([]);
}
