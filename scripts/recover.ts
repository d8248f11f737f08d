/** `npm run recover`: backup groups, drills, and rebuilding a key from its backups without a network. */
import { networkInterfaces } from 'node:os';
import { readBackups, type Backups } from './recover/backups.ts';
import { chooseBackups } from './recover/choose.ts';
import { readCommand, USAGE } from './recover/command.ts';
import { drill } from './recover/drill.ts';
import { requireNewFile } from './recover/files.ts';
import { makeGroup } from './recover/group-ceremony.ts';
import { requireOffline } from './recover/offline.ts';
import { rebuild } from './recover/rebuild.ts';
import { openScreen, type Screen } from './recover/screen.ts';
import { overview } from './recover/sentences.ts';
import { describe, Problem } from './supervisor/problem.ts';
import type { Recovery } from './recover/command.ts';

async function recover(command: Recovery, screen: Screen): Promise<void> {
  if (command.out !== null) requireNewFile(command.out);
  const backups = readBackups(command.backups);
  if (command.sandbox !== null) addSample(backups, command.sandbox, screen);
  for (const sentence of backups.unused) screen.print(sentence);
  const chosen = chooseBackups(backups, command);
  screen.print(overview(chosen));
  const perform = command.do === 'drill' ? drill : rebuild;
  await perform(command, backups, chosen, screen);
}

const TRY_OUT =
  'A try-out of the sandbox: this machine may have a network, and the parts lie in files. They guard nothing.';

/** The records of the sample groups beside those of the folder. @throws Problem at other backups. */
function addSample(backups: Backups, folder: string, screen: Screen): void {
  screen.print(TRY_OUT);
  const other = backups.archives.find((archive) => archive.environment !== 'sandbox');
  if (other)
    throw new Problem(
      `The folder holds backups of ${other.environment}, and --sandbox is for those of the sandbox alone. Put them in folders of their own.`,
    );
  for (const [fingerprint, record] of readBackups(folder).records)
    backups.records.set(fingerprint, record);
}

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.do === 'help') {
    console.log(USAGE);
    return;
  }
  requireOffline(networkInterfaces(), command.onlineOk);
  const screen = openScreen(process.stdin, process.stdout);
  try {
    await (command.do === 'group' ? makeGroup(command, screen) : recover(command, screen));
  } finally {
    screen.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
