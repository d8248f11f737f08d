/** The steps of `npm test`. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeError, Problem } from '../supervisor/problem.ts';
import { projectRoot } from '../supervisor/settings.ts';
import { ensureBuild } from '../supervisor/web-build.ts';
import { ensureChromium } from './chromium.ts';
import { runNode } from './program.ts';
import { startTestSandbox, type TestSandbox } from './sandbox.ts';
import { addTallies, type StepResult, type TestStep } from './step.ts';
import { playwrightTally, vitestTally } from './tally.ts';

const bin = {
  tsc: 'node_modules/typescript/bin/tsc',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  oxfmt: 'node_modules/oxfmt/bin/oxfmt',
  knip: 'node_modules/knip/bin/knip.js',
  next: 'node_modules/next/dist/bin/next',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
} as const;

const one = (exitCode: number): StepResult => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
});

const reports = join(projectRoot, '.ci-data', 'reports');

/** Where a runner writes its report; one of a run before is gone. */
function reportPath(name: string): string {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/** Next writes the types of routes and of imported style sheets. */
async function checkTypes(print: (text: string) => void): Promise<StepResult> {
  const generated = await runNode([bin.next, 'typegen'], { print: () => undefined });
  if (generated !== 0) print('next typegen failed; types of routes may be missing.\n');
  return one(await runNode([bin.tsc, '--noEmit', '-p', '.'], { print }));
}

function vitestStep(name: 'unit' | 'db' | 'proc', title: string): TestStep {
  return {
    name,
    title,
    run: async (print) => {
      const report = reportPath(name);
      const exitCode = await runNode(
        [
          bin.vitest,
          'run',
          '--project',
          name,
          '--reporter=dot',
          '--reporter=json',
          `--outputFile.json=${report}`,
        ],
        { print },
      );
      return vitestTally(report, exitCode);
    },
  };
}

async function buildWeb(print: (text: string) => void): Promise<StepResult> {
  const { isNew } = await ensureBuild({
    onLine: (line) => {
      print(`${line}\n`);
    },
  });
  if (!isNew) print('The build at hand fits the sources.\n');
  return one(0);
}

/** The sandbox that the browser tests will want, when something began to start it before their turn. */
let early: Promise<TestSandbox> | null = null;

function startEarly(): void {
  early = startTestSandbox();
  // Whoever waits for it hears of it; until then it is nobody's unhandled failure.
  early.catch(() => undefined);
}

async function testBrowser(print: (text: string) => void): Promise<StepResult> {
  const executable = ensureChromium(print);
  print('Waiting for a sandbox of its own …\n');
  const sandbox = await (early ?? startTestSandbox());
  const runProjects = async (name: string, options: readonly string[]): Promise<StepResult> => {
    const report = reportPath(name);
    const exitCode = await runNode([bin.playwright, 'test', ...options], {
      print,
      env: {
        COUNTERSIGN_CHROMIUM: executable,
        COUNTERSIGN_ORIGIN: sandbox.origin,
        COUNTERSIGN_DATA: sandbox.data,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    });
    return playwrightTally(report, exitCode);
  };
  try {
    // Pages that are only looked at stand in nobody's way, so two are looked at at a time.
    const looked = await runProjects('accessibility', [
      '--project',
      'accessibility',
      '--workers=2',
    ]);
    const used = await runProjects('browser', ['--project', 'main job', '--project', 'journeys']);
    return {
      ...addTallies([looked, used]),
      reasons: [looked, used].flatMap(({ reasons = [] }) => reasons),
    };
  } finally {
    await sandbox.stop();
  }
}

/** A step that can't even run has failed, with a sentence that says why. */
function guarded(step: TestStep): TestStep {
  return {
    ...step,
    run: async (print) => {
      try {
        return await step.run(print);
      } catch (error) {
        print(`${error instanceof Problem ? error.message : describeError(error)}\n`);
        return { passed: 0, failed: 1 };
      }
    },
  };
}

const stages: (readonly TestStep[])[] = [
  [
    { name: 'types', title: 'Types', run: checkTypes },
    {
      name: 'lint',
      title: 'Lint',
      run: async (print) => one(await runNode([bin.oxlint, '--type-aware'], { print })),
    },
    {
      name: 'format',
      title: 'Format',
      run: async (print) => ({
        ...one(await runNode([bin.oxfmt, '--check', '.'], { print })),
        advice: '`npm run fmt` puts it right',
      }),
    },
    {
      name: 'unused',
      title: 'Unused files and packages',
      run: async (print) => one(await runNode([bin.knip, '--no-config-hints'], { print })),
    },
  ],
  [
    vitestStep('unit', 'Unit and property tests'),
    { name: 'build', title: 'Web build', run: buildWeb },
  ],
  // Process tests mostly wait: for processes, for the chain, for disks.
  [vitestStep('db', 'Database tests'), vitestStep('proc', 'Process tests')],
];

/** Starting a sandbox takes a minute, so it waits until there is something to try in it. */
const browserTests = join(projectRoot, 'e2e');
const hasBrowserTests =
  existsSync(browserTests) && readdirSync(browserTests).some((name) => name.endsWith('.e2e.ts'));
if (hasBrowserTests)
  stages.push([
    {
      name: 'browser',
      title: 'Browser tests',
      run: testBrowser,
      // The process tests outlast those of the database, and leave a core free by then.
      prepare: { after: 'db', begin: startEarly },
    },
  ]);

/** Steps of one stage run side by side; the stages one after the other. */
export const STAGES = stages.map((stage) => stage.map(guarded));
