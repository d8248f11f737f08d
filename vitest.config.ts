import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Where Node keeps what it has compiled, checked by contents: without it every file of tests and every process that
 * one starts compiles the same packages again, which was a third of the work of the process tests.
 */
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.ci-data', 'compile-cache');

const everywhere = ['node_modules/**', '.next/**', '.data/**', '.ci-data/**'];
const runFolder = 'scripts/testing/run-folder.ts';
const SECOND = 1_000;
/**
 * What tests get when they import fast-check: `npm test` draws the same sample each time, so that a red run says
 * that something changed. COUNTERSIGN_SEED draws another one; the long tests draw anew each time.
 */
const seededFastCheck = `
import fc from 'fast-check';
const { COUNTERSIGN_SEED: asked, COUNTERSIGN_LONG_TESTS: long } = process.env;
if (long === undefined || asked !== undefined)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20261128) });
export * from 'fast-check';
export default fc;
`;
const seededId = '\0seeded-fast-check';

export default defineConfig({
  plugins: [
    {
      name: 'countersign-seeded-properties',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'fast-check' && importer !== seededId ? seededId : null,
      load: (id) => (id === seededId ? seededFastCheck : null),
    },
  ],
  test: {
    environment: 'node',
    // What comes about is tested, not how soon: one second is too little on a machine that builds beside it.
    expect: { poll: { timeout: 20 * SECOND } },
    /*
     * Files of tests that share a process share what it has loaded and compiled: with a fresh one for each file, half
     * of the work of the database tests was loading Prisma and warming it up. What a module keeps outlives a file, so
     * tests keep nothing in modules.
     */
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,scripts,e2e}/**/*.{test,prop.test}.{ts,tsx}'],
          exclude: [...everywhere, '**/*.db.test.ts', '**/*.proc.test.ts'],
          globalSetup: [runFolder],
          testTimeout: 30 * SECOND,
          // By itself Vitest leaves one core free, which on two leaves one.
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{app,lib,scripts}/**/*.db.test.ts'],
          exclude: everywhere,
          globalSetup: [runFolder, 'lib/platform/db/testing/global-setup.ts'],
          setupFiles: ['lib/platform/data-keys/testing/set-environment.ts'],
          testTimeout: 60 * SECOND,
          hookTimeout: 120 * SECOND,
          maxWorkers: 2,
          isolate: false,
          // Each answer of the database is many small objects: with more room for new ones, an eighth less work.
          execArgv: ['--max-semi-space-size=64'],
        },
      },
      {
        extends: true,
        test: {
          name: 'proc',
          include: ['{app,lib,scripts}/**/*.proc.test.ts'],
          exclude: everywhere,
          globalSetup: [runFolder, 'scripts/testing/compile-parties.ts'],
          testTimeout: 120 * SECOND,
          hookTimeout: 120 * SECOND,
          // Each file starts processes of its own; one after the other they measure themselves, not each other.
          fileParallelism: false,
          isolate: false,
        },
      },
    ],
  },
});
