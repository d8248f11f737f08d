import { shownLines } from '#lib/protocol/free-text.ts';
import { textOf, type Case } from './cases.ts';
import type { TextKind } from './texts.ts';

/** The newest version of a text as screens show it; null where none was written. */
export function shownTextOf(found: Pick<Case, 'texts'>, kind: TextKind, seq = 0): string | null {
  const text = textOf(found, kind, seq);
  return text === null ? null : shownLines(text);
}
