/** `npm run reset`: empties the sandbox. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { runningSupervisor } from './supervisor/lock.ts';
import { foreignNames, isOurFolder, isOurName, someOf } from './supervisor/our-folder.ts';
import { describe, fileProblem, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run reset            empties the sandbox of the data folder, after a question
npm run reset -- --yes   without the question`;

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
  const words = process.argv.slice(2);
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const unknown = words.find((word) => word !== '--yes');
  if (unknown !== undefined) throw unknownWord(unknown, USAGE);
  const settings = readSettings(process.env, { isDev: false });
  if (settings.mode === 'production')
    throw new Problem('Only a sandbox can be reset; COUNTERSIGN_MODE is "production".');
  const pid = runningSupervisor(settings.data);
  if (pid !== null)
    throw new Problem(
      `Countersign is running on ${settings.data} (process ${pid}). Stop it first, with Ctrl-C in its window or \`kill ${pid}\`.`,
    );
  const names = contents(settings.data);
  const ours = names.filter(isOurName);
  if (!isOurFolder(names))
    throw new Problem(
      `${settings.data} is no folder of Countersign's, so it is left alone. COUNTERSIGN_DATA names the folder to wipe.`,
    );
  if (ours.length === 0) {
    console.log('There is nothing to wipe.');
    return;
  }
  if (!(await isConfirmed(settings.data))) {
    console.log('Nothing was changed.');
    return;
  }
  try {
    for (const name of ours) rmSync(join(settings.data, name), { recursive: true, force: true });
  } catch (error) {
    throw fileProblem(error, settings.data) ?? error;
  }
  const left = foreignNames(names);
  console.log(
    left.length === 0
      ? `${settings.data} is empty. \`npm start\` makes a new sandbox.`
      : `The sandbox is wiped. ${settings.data} still holds ${someOf(left)}, which Countersign did not make; move it away before \`npm start\` makes a new one there.`,
  );
  if (settings.databaseUrl !== null)
    console.log('The external database of DATABASE_URL was not touched; empty it yourself.');
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
