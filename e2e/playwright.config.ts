import { defineConfig } from '@playwright/test';
import { findBrowser } from './harness/browser.ts';

const { executablePath, env } = findBrowser();

/** Two cores are enough: each worker runs a server with its database, and a browser. */
export default defineConfig({
  testDir: '.',
  outputDir: 'artefacts/failed',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // The longest journey looks at some thirty pages three times each; a busy machine needs its time for that.
  timeout: 360_000,
  expect: { timeout: 15_000 },
  globalSetup: './harness/clear-artefacts.ts',
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath && { executablePath }),
      env: { ...process.env, ...env },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
      ],
    },
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
  },
});
