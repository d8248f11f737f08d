import { defineConfig } from 'vitest/config';

const everywhere = ['node_modules/**', '.next/**', '.data/**', '.ci-data/**'];
/** Property tests draw a different sample each time; `npm test` fixes the seed, and prints it on failure. */
const SECOND = 1_000;

export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,scripts,e2e}/**/*.{test,prop.test}.{ts,tsx}'],
          exclude: [...everywhere, '**/*.db.test.ts', '**/*.proc.test.ts'],
          testTimeout: 30 * SECOND,
          // By itself Vitest leaves one core free, which on two leaves one.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{app,lib,scripts}/**/*.db.test.ts'],
          exclude: everywhere,
          globalSetup: ['lib/platform/db/testing/global-setup.ts'],
          testTimeout: 60 * SECOND,
          hookTimeout: 120 * SECOND,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'proc',
          include: ['{app,lib,scripts}/**/*.proc.test.ts'],
          exclude: everywhere,
          testTimeout: 120 * SECOND,
          hookTimeout: 120 * SECOND,
          // Each file starts processes of its own; one after the other they measure themselves, not each other.
          fileParallelism: false,
        },
      },
    ],
  },
});
