import { noAnswer } from '../ui/key-problem.ts';

export type Brought = { ok: true; words: string[] } | { ok: false; sentence: string };

const TIMEOUT_MS = 30_000;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

/** Hands an answer in. Whether it is the right one the server says at once. */
export async function bringAnswer(document: string, text: string): Promise<Brought> {
  try {
    const answer = await fetch(`/api/cold/answer?document=${document}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=utf-8' },
      body: text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const value: unknown = await answer.json();
    if (typeof value !== 'object' || value === null) return { ok: false, sentence: noAnswer };
    if (answer.ok && 'words' in value && isTexts(value.words))
      return { ok: true, words: value.words };
    const isSaid = 'sentence' in value && typeof value.sentence === 'string';
    return { ok: false, sentence: isSaid ? String(value.sentence) : noAnswer };
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
