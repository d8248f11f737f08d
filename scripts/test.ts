/**
 * `npm test`: everything, in order. `--only NAME` runs one step, `--long` the long counts.
 * The last line is always `N passed, N failed`.
 */
import { whenParentIsGone } from './supervisor/parent-pipe.mjs';
import { endPrograms } from './testing/program.ts';
import { asksForHelp, misuse, unknownWord } from './supervisor/usage.ts';
import { addTallies, type Lane, type StepResult, type TestStep } from './testing/step.ts';
import { STAGES } from './testing/steps.ts';

const NAMES = STAGES.flat(2).map((step) => step.name);
const USAGE = `npm test                   everything, in order
npm test -- --only NAME    one of: ${NAMES.join(', ')}
npm test -- --long         all samples in full (npm run test:long)`;

type Outcome = { step: TestStep; result: StepResult; seconds: number };

const seconds = (since: number): number => (Date.now() - since) / 1000;

function parseArguments(args: readonly string[]): { only: string | null; isLong: boolean } {
  const rest = [...args];
  let only: string | null = null;
  let isLong = false;
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--long') isLong = true;
    else if (argument === '--only') only = rest.shift() ?? '';
    else throw unknownWord(argument, USAGE);
  }
  if (only === '') throw misuse('After --only comes the name of a step.', USAGE);
  if (only !== null && !NAMES.includes(only))
    throw misuse(`“${only.slice(0, 60)}” is no step.`, USAGE);
  return { only, isLong };
}

function heading(step: TestStep, note: string): void {
  console.log(`\n── ${step.title} ${note}`);
}

/** Alone in its stage, a step prints as it goes; beside others, when it is done. */
async function runStep(step: TestStep, isAlone: boolean): Promise<Outcome> {
  const startedAt = Date.now();
  let held = '';
  if (isAlone) heading(step, '…');
  else console.log(`   … ${step.title}`);
  const result = await step.run((text) => {
    if (isAlone) process.stdout.write(text);
    else held += text;
  });
  const outcome = { step, result, seconds: seconds(startedAt) };
  if (!isAlone) {
    heading(step, `(${outcome.seconds.toFixed(1)} s)`);
    if (result.failed > 0) process.stdout.write(held);
  }
  const verdict = result.failed > 0 ? `FAILED: ${result.failed} failed, ` : 'ok: ';
  console.log(`   ${verdict}${result.passed} passed, ${outcome.seconds.toFixed(1)} s`);
  return outcome;
}

function printFailures(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter((outcome) => outcome.result.failed > 0);
  if (failed.length === 0) return;
  console.log('\nFailed:');
  for (const { step, result } of failed) {
    console.log(
      `  ${step.title}: ${result.failed}. Only this step: npm test -- --only ${step.name}${result.advice ? ` (${result.advice})` : ''}`,
    );
    for (const reason of result.reasons ?? []) console.log(reason.replaceAll(/^/gm, '    '));
  }
}

async function main(): Promise<number> {
  const { only, isLong } = parseArguments(process.argv.slice(2));
  if (isLong) process.env['COUNTERSIGN_LONG_TESTS'] = '1';
  const startedAt = Date.now();
  const outcomes: Outcome[] = [];
  const stages = STAGES.map((stage) =>
    stage
      .map((lane) => lane.filter((step) => only === null || step.name === only))
      .filter((lane) => lane.length > 0),
  );
  for (const lanes of stages) {
    const isAlone = lanes.flat().length === 1;
    const isFutile = ({ needs }: TestStep): boolean =>
      outcomes.some(({ step, result }) => step.name === needs && result.failed > 0);
    const run = async (lane: Lane): Promise<void> => {
      for (const step of lane)
        // Without a build, say, there is nothing to open in a browser.
        if (isFutile(step)) heading(step, `left out, since “${step.needs}” failed`);
        else outcomes.push(await runStep(step, isAlone));
    };
    await Promise.all(lanes.map(run));
  }
  printFailures(outcomes);
  const total = addTallies(outcomes.map((outcome) => outcome.result));
  console.log(`\nThe whole run took ${seconds(startedAt).toFixed(0)} s.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

function interrupt(): void {
  endPrograms();
  setTimeout(() => process.exit(130), 3_000);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
whenParentIsGone(interrupt);
if (asksForHelp(process.argv.slice(2))) {
  console.log(USAGE);
  process.exit(0);
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
process.exit();
