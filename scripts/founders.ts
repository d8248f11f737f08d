/** `npm run founders`: invites the people who found the organisation, before genesis is signed. */
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import { inviteFounders } from '#lib/operations/genesis/invite-founders.ts';
import { removeFounder } from '#lib/operations/genesis/remove-founder.ts';
import { viewFounders } from '#lib/operations/genesis/view-founders.ts';
import { readCommand, USAGE, type Command } from './founders/command.ts';
import { foundersText, seatsText } from './founders/sentences.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { asksForHelp } from './supervisor/usage.ts';

function valueOf<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value;
  throw new Problem(answer.refusal.sentence);
}

async function perform(command: Command, context: Context): Promise<string> {
  switch (command.do) {
    case 'invite':
      return seatsText(valueOf(await inviteFounders(command.founders, context)));
    case 'remove': {
      const { displayName } = valueOf(await removeFounder(command.name, context));
      return `${displayName} is no founder any more: link, keys and session are dead.`;
    }
    case 'list':
      return foundersText(valueOf(await viewFounders(context)));
    case 'renew': {
      const founders = valueOf(await viewFounders(context));
      const waiting = founders.filter(({ status }) => status === 'invited');
      if (waiting.length === 0) return foundersText(founders);
      const forms = waiting.map(({ displayName, roles, group }) => ({ displayName, roles, group }));
      return seatsText(valueOf(await inviteFounders(forms, context)));
    }
  }
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const command = readCommand(words);
  console.log(await withContext('npm start -- --empty', (context) => perform(command, context)));
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
