import { defineConfig, devices } from '@playwright/test';

const executablePath = process.env['COUNTERSIGN_CHROMIUM'];
const isRoot = process.getuid?.() === 0;
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'];

/** Nothing of the browser's own goes to the network, and root can run it. */
const launchArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
  ...(isRoot ? ['--no-sandbox'] : []),
];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '.data/browser-traces',
  // One sandbox, one world: the tests follow each other through it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['COUNTERSIGN_ORIGIN'] ?? 'http://localhost:3000',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: launchArguments, ...(executablePath ? { executablePath } : {}) },
  },
});
