/** Asks for the passphrase of a cold party; a new one is asked for twice, since nothing brings it back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TerminalLines } from '#lib/mpc/travel/terminal-lines.ts';
import { openScreen } from '../recover/screen.ts';
import { Problem } from '../supervisor/problem.ts';

type Terminal = { input: NodeJS.ReadStream; output: NodeJS.WriteStream };
type Ask = (question: string) => Promise<string>;

/** Typed at a terminal it is not shown; piped in, it is a line like the others. */
async function withAsker<T>(
  { input, output }: Terminal,
  lines: () => TerminalLines,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  if (!input.isTTY)
    return work(async (question) => {
      output.write(`${question}\n`);
      return (await lines().next()) ?? '';
    });
  const screen = openScreen(input, output);
  try {
    return await work(async (question) => (await screen.askHidden(question)) ?? '');
  } finally {
    screen.close();
  }
}

/** @throws Problem when a new passphrase is not typed the same twice. */
export function askPassphrase(
  terminal: Terminal,
  of: { dataFolder: string; lines: () => TerminalLines },
): Promise<string> {
  const isNew = !existsSync(join(of.dataFolder, 'kek-salt'));
  return withAsker(terminal, of.lines, async (ask) => {
    if (!isNew) return ask('Passphrase: ');
    const first = await ask('New passphrase, 12 characters or more. Nothing brings it back: ');
    if ((await ask('The same once more: ')) === first) return first;
    throw new Problem('The two passphrases differ, so nothing was made. Start again.');
  });
}
