/** `npm run reset`: empties the sandbox. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { runningSupervisor } from './supervisor/lock.ts';
import { describe, fileProblem, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';

/** Anything of these shows that a folder is one of ours; nothing else is ever wiped. */
const OUR_MARKS = [
  'secrets.json',
  'supervisor.lock',
  'run',
  'logs',
  'postgres',
  'parties',
  'sandbox',
];

async function isConfirmed(data: string): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY)
    throw new Problem('Say --yes to wipe without being asked: npm run reset -- --yes');
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await questions.question(
    `This wipes ${data}: database, party shares, sandbox chain, logs. Go on? [y/N] `,
  );
  questions.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

function contents(data: string): string[] {
  try {
    return readdirSync(data);
  } catch {
    return [];
  }
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, { isDev: false });
  if (settings.mode === 'production')
    throw new Problem('Only a sandbox can be reset; COUNTERSIGN_MODE is "production".');
  const pid = runningSupervisor(settings.data);
  if (pid !== null)
    throw new Problem(
      `Countersign is running on ${settings.data} (process ${pid}). Stop it first, with Ctrl-C in its window or \`kill ${pid}\`.`,
    );
  const names = contents(settings.data);
  if (names.length === 0) {
    console.log('There is nothing to wipe.');
    return;
  }
  if (!names.some((name) => OUR_MARKS.includes(name)))
    throw new Problem(
      `${settings.data} does not look like a data folder of Countersign, so it is left alone.`,
    );
  if (!(await isConfirmed(settings.data))) {
    console.log('Nothing was changed.');
    return;
  }
  try {
    for (const name of names) rmSync(join(settings.data, name), { recursive: true, force: true });
  } catch (error) {
    throw fileProblem(error, settings.data) ?? error;
  }
  console.log(`${settings.data} is empty. \`npm start\` makes a new sandbox.`);
  if (settings.databaseUrl !== null)
    console.log('The external database of DATABASE_URL was not touched; empty it yourself.');
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
