/** What has been read so far, and what is said about it. Pure but for joining. */
import {
  addChunk,
  isComplete,
  joinChunks,
  NO_CHUNKS,
  type ChunkCollection,
} from '#lib/protocol/travel/chunk-collection.ts';
import { DOCUMENT_MARK } from '#lib/protocol/travel/limits.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';

export type Reading = {
  collection: ChunkCollection;
  /** What was wrong with the last that was read; null when nothing was. */
  problem: string | null;
  /** The document, once it is whole. Whether it is any good is for the server to say. */
  text: string | null;
};

export const NOTHING_READ: Reading = { collection: NO_CHUNKS, problem: null, text: null };

/** Takes one code. */
export function takeCode(before: Reading, code: string): Reading {
  const { collection, outcome } = addChunk(before.collection, code);
  // A camera sees the same code again and again, which is no news.
  if (outcome === 'repeated' && before.problem === null) return before;
  const isTaken = outcome === 'added' || outcome === 'repeated';
  return { ...before, collection, problem: isTaken ? null : travelSentence(outcome) };
}

/** Takes what a file or the clipboard holds: a whole document, or codes with white space between. */
export function takeText(before: Reading, text: string): Reading {
  if (text.startsWith(DOCUMENT_MARK)) return { ...NOTHING_READ, text };
  const codes = text.split(/\s+/).filter((code) => code !== '');
  if (codes.length === 0) return { ...before, problem: 'There is nothing to read.' };
  let reading = before;
  let problem: string | null = null;
  for (const code of codes) {
    reading = takeCode(reading, code);
    problem ??= reading.problem;
  }
  return { ...reading, problem };
}

/** The document once every code is there; what doesn't add up is dropped, and reading starts over. */
export async function finishReading(reading: Reading): Promise<Reading> {
  if (reading.text !== null || !isComplete(reading.collection)) return reading;
  const joined = await joinChunks(reading.collection);
  if (!joined.ok) return { ...NOTHING_READ, problem: travelSentence(joined.refusal) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(joined.bytes);
    return { ...NOTHING_READ, text };
  } catch {
    return { ...NOTHING_READ, problem: travelSentence('travel-not-ours') };
  }
}
