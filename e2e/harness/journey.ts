import type { Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import type { Look } from './look.ts';
import { desktop, lookOf } from './look.ts';
import { isRefusedByPolicy } from './policy.ts';
import { Program } from './program.ts';
import { Server } from './server.ts';

interface PersonOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** For a page that is made to break its policy on purpose. */
  readonly mayBreakPolicy?: boolean;
}

interface Journey {
  /** The server that everybody in this journey reaches. */
  server: Server;
  /** Another person at a browser of their own, with nobody signed in. */
  newPerson: (options?: PersonOptions) => Promise<Page>;
  look: Look;
  /** The sample application, as somebody would start it in a terminal. */
  startSketchpad: (place: string) => Program;
}

/** A journey begins with a fresh demo; it fails where a page throws or does what its policy forbids. */
export const test = base.extend<Journey>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.end();
  },

  newPerson: async ({ browser, server }, use) => {
    const faults: Error[] = [];
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async ({ viewport = desktop, mayBreakPolicy = false } = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
        colorScheme: 'light',
      });
      contexts.push(context);
      context.on('weberror', (event) => faults.push(event.error()));
      context.on('console', (message) => {
        if (!mayBreakPolicy && isRefusedByPolicy(message)) faults.push(new Error(message.text()));
      });
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('\n'));
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  look: async ({}, use, { title }) => {
    await use(lookOf(title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')));
  },

  startSketchpad: async ({ server }, use) => {
    const running: Program[] = [];
    await use((place) => {
      const program = new Program(['examples/sketchpad/main.ts', '--plain', '--server', server.url, '--place', place]);
      running.push(program);
      return program;
    });
    for (const program of running) await program.stop();
  },
});
