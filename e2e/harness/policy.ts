import type { ConsoleMessage } from '@playwright/test';

/** Whether the browser tells that a page, or a frame in it, did what its Content-Security-Policy forbids. */
export function isRefusedByPolicy(message: ConsoleMessage): boolean {
  return /Content Security Policy/i.test(message.text());
}
