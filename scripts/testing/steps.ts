/** The steps of `npm test`. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeError, Problem } from '../supervisor/problem.ts';
import { projectRoot } from '../supervisor/settings.ts';
import { ensureBuild } from '../supervisor/web-build.ts';
import { ensureChromium } from './chromium.ts';
import { runNode } from './program.ts';
import { startTestSandbox } from './sandbox.ts';
import type { Lane, StepResult, TestStep } from './step.ts';
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

/** @param which folders of the project's files; all of them without. */
function vitestStep(
  name: string,
  title: string,
  project: 'unit' | 'db' | 'proc',
  which: readonly string[] = [],
): TestStep {
  return {
    name,
    title,
    run: async (print) => {
      const report = reportPath(name);
      const exitCode = await runNode(
        [
          bin.vitest,
          'run',
          ...which,
          '--project',
          project,
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

/** A browser run in a sandbox of its own, so that what tests change in one is seen by nobody else. */
function browserStep(name: string, title: string, projects: readonly string[]): TestStep {
  return {
    name,
    title,
    needs: 'build',
    run: async (print) => {
      const executable = ensureChromium(print);
      // Asked for by itself, no step before it has built; a sandbox that has to is not up in time.
      await buildWeb(print);
      print('Waiting for a sandbox of its own …\n');
      const sandbox = await startTestSandbox(name);
      try {
        const report = reportPath(name);
        const exitCode = await runNode(
          [bin.playwright, 'test', ...projects.flatMap((project) => ['--project', project])],
          {
            print,
            env: {
              ...sandbox.ports,
              COUNTERSIGN_CHROMIUM: executable,
              COUNTERSIGN_ORIGIN: sandbox.origin,
              COUNTERSIGN_DATA: sandbox.data,
              PLAYWRIGHT_JSON_OUTPUT_NAME: report,
              // Two runs side by side would wipe each other's traces.
              COUNTERSIGN_TRACES: join(projectRoot, '.ci-data', `${name}-traces`),
            },
          },
        );
        return playwrightTally(report, exitCode);
      } finally {
        await sandbox.stop();
      }
    },
  };
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

const checks: readonly Lane[] = [
  [{ name: 'types', title: 'Types', run: checkTypes }],
  [
    {
      name: 'lint',
      title: 'Lint',
      run: async (print) => one(await runNode([bin.oxlint, '--type-aware'], { print })),
    },
  ],
  [
    {
      name: 'format',
      title: 'Format',
      run: async (print) => ({
        ...one(await runNode([bin.oxfmt, '--check', '.'], { print })),
        advice: '`npm run fmt` puts it right',
      }),
    },
  ],
  [
    {
      name: 'unused',
      title: 'Unused files and packages',
      run: async (print) => one(await runNode([bin.knip, '--no-config-hints'], { print })),
    },
  ],
];

/** A third of the work of the database tests, so that both lanes have as much. */
const peoplesRooms = ['privacy', 'persons'];

const rooms = readdirSync(join(projectRoot, 'lib'));
const roomPath = (room: string): string => join(projectRoot, 'lib', room, '/');

const stages: (readonly Lane[])[] = [
  checks,
  // Two cores have work all the time, since process tests mostly wait; and both lanes end at about the same time.
  [
    [
      vitestStep('unit', 'Unit and property tests', 'unit'),
      vitestStep('db', 'Database tests', 'db', [
        ...['app', 'scripts'].map((folder) => join(projectRoot, folder, '/')),
        ...rooms.filter((room) => !peoplesRooms.includes(room)).map(roomPath),
      ]),
      browserStep('browser', 'Browser tests', ['main job', 'journeys']),
    ],
    [
      { name: 'build', title: 'Web build', run: buildWeb },
      vitestStep('proc', 'Process tests', 'proc'),
      vitestStep('people', 'Database tests of people’s data', 'db', peoplesRooms.map(roomPath)),
      browserStep('accessibility', 'Pages, looked at', ['accessibility']),
    ],
  ],
];

/** Lanes of one stage run side by side, the steps of a lane and the stages one after the other. */
export const STAGES = stages.map((stage) => stage.map((lane) => lane.map(guarded)));
