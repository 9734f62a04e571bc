import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A hand at the keyboard that counts: a field that is filled, a button and an Enter are one input each. */
export class CountedHand {
  readonly #page: Page;
  #inputs = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  get inputs(): number {
    return this.#inputs;
  }

  /** Fills a field; the Tab key that leads to it is no input. */
  async fill(field: Locator, text: string): Promise<void> {
    this.#inputs += 1;
    await field.fill(text);
  }

  /** Presses Enter where the page has put the focus by itself. */
  async enter(focused: Locator): Promise<void> {
    this.#inputs += 1;
    await expect(focused).toBeFocused();
    await this.#page.keyboard.press('Enter');
  }

  async click(target: Locator): Promise<void> {
    this.#inputs += 1;
    await target.click();
  }
}
