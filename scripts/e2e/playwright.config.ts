import { defineConfig } from '@playwright/test';
import { browserArguments, ensureBrowser } from '../src/stack/browser';

export default defineConfig({
  testDir: __dirname,
  testMatch: '*.spec.ts',
  outputDir: '../../node_modules/.cache/understage-e2e',
  globalSetup: './startStack.ts',
  // One stack, one worker: tests follow each other and may change the cluster.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [
        ['list'],
        ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE }],
      ]
    : [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: ensureBrowser(line => process.stderr.write(`${line}\n`)),
      args: [...browserArguments],
    },
  },
});
