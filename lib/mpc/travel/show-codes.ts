/** Shows a document as codes at a terminal, one at a time, for a camera on the other side. */
import { chunkBytesFor } from '#lib/protocol/travel/code-size.ts';
import { drawModules } from '#lib/protocol/travel/qr-code.ts';
import type { SplitRefusal, TerminalRefusal } from '#lib/protocol/travel/refusals.ts';
import { splitIntoChunks } from '#lib/protocol/travel/split-into-chunks.ts';
import type { TerminalLines } from './terminal-lines.ts';
import { drawTerminalCode, readShowCommand, versionThatFits } from './terminal-qr.ts';

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

export type ShowCodes = {
  /** The whole document, such as the text of `writeTravelDocument` in UTF-8. */
  bytes: Uint8Array;
  /** Size of the window in characters, such as `process.stdout`'s. */
  window: { columns: number; rows: number };
  lines: TerminalLines;
  write: (text: string) => void;
};

export type ShownCodes =
  | { ok: true; codes: number }
  | { ok: false; refusal: SplitRefusal | TerminalRefusal };

function page(text: string, place: number, count: number): string {
  const prompt = count === 1 ? 'q: done ' : `Enter: next  b: back  1-${count}: that one  q: done `;
  return `${CLEAR}Code ${place + 1} of ${count}\n${drawTerminalCode(drawModules(text))}\n${prompt}`;
}

/**
 * Shows the codes round and round until `q`, or the input's end. They are as large as the window
 * allows; what a camera missed comes by again.
 */
export async function showCodes({ bytes, window, lines, write }: ShowCodes): Promise<ShownCodes> {
  const version = versionThatFits(window);
  if (version === null) return { ok: false, refusal: 'terminal-too-small' };
  const split = await splitIntoChunks(bytes, chunkBytesFor(version));
  if (!split.ok) return split;
  const { chunks } = split;
  let place = 0;
  for (;;) {
    write(page(chunks[place] ?? '', place, chunks.length));
    const typed = await lines.next();
    const command = typed === null ? 'done' : readShowCommand(typed, place, chunks.length);
    if (command === 'done') break;
    // What was not understood shows the same code again, with what can be typed below it.
    if (command !== 'unknown') place = command.go;
  }
  // The last code does not stay on the screen behind the person who walks away.
  write(CLEAR);
  return { ok: true, codes: chunks.length };
}
