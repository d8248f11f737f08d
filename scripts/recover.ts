/** `npm run recover`: backup groups, drills, and rebuilding a key from its backups without a network. */
import { networkInterfaces } from 'node:os';
import { readBackups } from './recover/backups.ts';
import { chooseBackups } from './recover/choose.ts';
import { readCommand, USAGE } from './recover/command.ts';
import { drill } from './recover/drill.ts';
import { requireNewFile } from './recover/files.ts';
import { makeGroup } from './recover/group-ceremony.ts';
import { requireOffline } from './recover/offline.ts';
import { rebuild } from './recover/rebuild.ts';
import { openScreen, type Screen } from './recover/screen.ts';
import { overview } from './recover/sentences.ts';
import { describe } from './supervisor/problem.ts';
import type { Recovery } from './recover/command.ts';

async function recover(command: Recovery, screen: Screen): Promise<void> {
  if (command.out !== null) requireNewFile(command.out);
  const backups = readBackups(command.backups);
  for (const sentence of backups.unused) screen.print(sentence);
  const chosen = chooseBackups(backups, command);
  screen.print(overview(chosen));
  const perform = command.do === 'drill' ? drill : rebuild;
  await perform(command, backups, chosen, screen);
}

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
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
