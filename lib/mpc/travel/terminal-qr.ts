/**
 * Codes on a terminal, two rows of modules in one row of characters. Always black on white: a code
 * in the colours of a dark terminal is a negative, which many readers don't take. Pure.
 */
import { sideOf, VERSION_MAX, VERSION_MIN } from '#lib/protocol/travel/code-size.ts';
import type { Modules } from '#lib/protocol/travel/qr-code.ts';

/** Black on white of the 256-colour cube, which themes leave alone. */
const INK = '\u001b[38;5;16;48;5;231m';
const RESET = '\u001b[0m';

/** Rows of text around a code: what it is above, what to type below. */
const TEXT_ROWS = 2;

/** By whether the upper and the lower module of a character are dark. */
const BLOCKS = [
  [' ', '▄'],
  ['▀', '█'],
] as const;

/** Rows of a terminal that a code of this version and the text around it need. */
export const rowsOf = (version: number): number => Math.ceil(sideOf(version) / 2) + TEXT_ROWS;

/** The largest version that fits a terminal and that cameras read well; null when none does. */
export function versionThatFits(window: { columns: number; rows: number }): number | null {
  for (let version = VERSION_MAX; version >= VERSION_MIN; version -= 1)
    if (sideOf(version) <= window.columns && rowsOf(version) <= window.rows) return version;
  return null;
}

/** The code in lines without a break at the end; below an odd last row stands a light one. */
export function drawTerminalCode(modules: Modules): string {
  const lines: string[] = [];
  for (let y = 0; y < modules.length; y += 2) {
    const lower = modules[y + 1] ?? [];
    const blocks = (modules[y] ?? []).map(
      (isDark, x) => BLOCKS[isDark ? 1 : 0][(lower[x] ?? false) ? 1 : 0],
    );
    lines.push(INK + blocks.join('') + RESET);
  }
  return lines.join('\n');
}

/** What was typed under a code. */
export type ShowCommand = { go: number } | 'done' | 'unknown';

/**
 * Enter is the next code and the first one after the last; `b` the one before; a number that one.
 * @param place of the code shown, from 0, of `count`.
 */
export function readShowCommand(typed: string, place: number, count: number): ShowCommand {
  const word = typed.trim().toLowerCase();
  if (word === '') return { go: (place + 1) % count };
  if (word === 'b') return { go: (place + count - 1) % count };
  if (word === 'q') return 'done';
  const wanted = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  return wanted >= 1 && wanted <= count ? { go: wanted - 1 } : 'unknown';
}
