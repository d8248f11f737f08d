import { defineConfig, devices } from '@playwright/test';
import { launchArguments, viewport } from '#e2e/support/launch.ts';

const executablePath = process.env['COUNTERSIGN_CHROMIUM'];
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '.ci-data/browser-traces',
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
    viewport,
    baseURL: process.env['COUNTERSIGN_ORIGIN'] ?? 'http://localhost:3000',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: launchArguments, ...(executablePath ? { executablePath } : {}) },
  },
});
