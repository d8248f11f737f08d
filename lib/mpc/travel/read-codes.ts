/** Reads the codes of a document at a terminal: typed by a scanner, or pasted, a line each. */
import {
  addChunk,
  isComplete,
  joinChunks,
  NO_CHUNKS,
  progressSentence,
  type Added,
  type ChunkCollection,
} from '#lib/protocol/travel/chunk-collection.ts';
import { travelSentence, type TerminalRefusal } from '#lib/protocol/travel/refusals.ts';
import type { TerminalLines } from './terminal-lines.ts';

const HELP = 'Scan or paste the codes, one line each. r: start over  q: stop';

export type ReadCodes = { ok: true; bytes: Uint8Array } | { ok: false; refusal: TerminalRefusal };

function answerTo(outcome: Added['outcome'], collection: ChunkCollection): string {
  const progress = progressSentence(collection);
  if (outcome === 'added') return progress;
  return outcome === 'repeated'
    ? `Read before. ${progress}`
    : `${travelSentence(outcome)} ${progress}`;
}

/**
 * Goes on until the document is whole and fits its digest; codes that don't add up to one are
 * dropped, and reading starts over. What was typed is never printed again.
 */
export async function readCodes(of: {
  lines: TerminalLines;
  write: (text: string) => void;
}): Promise<ReadCodes> {
  const say = (sentence: string): void => of.write(`${sentence}\n`);
  say(HELP);
  let collection = NO_CHUNKS;
  for (;;) {
    const typed = (await of.lines.next())?.trim();
    if (typed === undefined || typed === 'q') return { ok: false, refusal: 'reading-stopped' };
    if (typed === 'r') collection = NO_CHUNKS;
    if (typed === 'r' || typed === '') {
      say(progressSentence(collection));
      continue;
    }
    const added = addChunk(collection, typed);
    collection = added.collection;
    say(answerTo(added.outcome, collection));
    if (!isComplete(collection)) continue;
    const joined = await joinChunks(collection);
    if (joined.ok) return joined;
    say(travelSentence(joined.refusal));
    collection = NO_CHUNKS;
  }
}
