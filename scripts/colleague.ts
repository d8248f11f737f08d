/** `npm run colleague`: has a sample colleague of the running sandbox act on an operation. */
import type { Result } from '#lib/platform/result.ts';
import { askForMembers, askForOpen, askToDecide } from '#lib/sandbox/colleagues/knock.ts';
import { readCommand, USAGE, type Command } from './colleague/command.ts';
import { actedSentence, membersTable, openTable } from './colleague/sentences.ts';
import { colleaguesSocket } from './supervisor/environments.ts';
import { runningSupervisor } from './supervisor/lock.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readKind } from './supervisor/sandbox-kind.ts';
import { readSettings, type Settings } from './supervisor/settings.ts';
import { asksForHelp } from './supervisor/usage.ts';

/** Why nobody answers at the door, as far as this side can tell. */
function absence(code: string, { data }: Settings): Problem | null {
  if (code === 'door-silent')
    return new Problem(
      'The sample colleagues did not answer in time. `npm run colleague -- list` shows whether they acted.',
    );
  if (code !== 'door-closed') return null;
  if (readKind(data) === 'empty')
    return new Problem(
      'This sandbox has no sample colleagues: it was started with --empty, and its people act themselves.',
    );
  return runningSupervisor(data) === null
    ? new Problem(`No sandbox runs on ${data}. Start it with \`npm start\`, and ask again.`)
    : new Problem(
        'The sandbox runs, but its colleagues are not at work yet. Ask again in a moment; `npm run party` shows what runs.',
      );
}

function valueOf<T>(answer: Result<T>, settings: Settings, asked: string | undefined): T {
  if (answer.ok) return answer.value;
  const { code, sentence } = answer.refusal;
  const missing = absence(code, settings);
  if (missing) throw missing;
  // Refusals speak to whoever acts: with a colleague named, "you" is that colleague.
  throw new Problem(asked === undefined ? sentence : `${asked} was refused: ${sentence}`);
}

async function perform(command: Command, settings: Settings): Promise<string> {
  const socket = colleaguesSocket(settings.data);
  switch (command.do) {
    case 'list':
      return openTable(valueOf(await askForOpen(socket), settings, undefined));
    case 'who':
      return membersTable(valueOf(await askForMembers(socket), settings, undefined));
    case 'ask': {
      const { wanted } = command;
      const done = valueOf(await askToDecide(socket, wanted), settings, wanted.handle);
      return actedSentence(wanted.decision, done);
    }
  }
}

async function answer(words: readonly string[]): Promise<string> {
  if (asksForHelp(words)) return USAGE;
  const command = readCommand(words);
  const settings = readSettings(process.env, { isDev: false });
  if (settings.mode === 'production')
    throw new Problem(
      'Sample colleagues exist in a sandbox only, and COUNTERSIGN_MODE is "production". In production people act themselves.',
    );
  return perform(command, settings);
}

try {
  console.log(await answer(process.argv.slice(2)));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
