import { defineConfig, devices } from '@playwright/test';
import { launchArguments, viewport } from '#e2e/support/launch.ts';

const executablePath = process.env['COUNTERSIGN_CHROMIUM'];
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'];

export default defineConfig({
  testDir: 'e2e',
  outputDir: process.env['COUNTERSIGN_TRACES'] ?? '.ci-data/browser-traces',
  // One sandbox, one world: the tests follow each other through it.
  workers: 1,
  fullyParallel: false,
  projects: [
    { name: 'main job', testMatch: 'main-job.e2e.ts' },
    { name: 'accessibility', testMatch: 'accessibility.e2e.ts', fullyParallel: true },
    {
      name: 'journeys',
      testMatch: '**/*.e2e.ts',
      testIgnore: ['main-job.e2e.ts', 'accessibility.e2e.ts'],
    },
  ],
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  // What is shown is tested, not how soon: two cores that build and test beside it take their time.
  expect: { timeout: 20_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport,
    baseURL: process.env['COUNTERSIGN_ORIGIN'] ?? 'http://localhost:3000',
    // Every step of every page written down costs as much as the steps; `--trace on` shows them when one is looked for.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { args: launchArguments, ...(executablePath ? { executablePath } : {}) },
  },
});
