import { noAnswer } from '../ui/key-problem.ts';

export type Brought = { ok: true; words: string[] } | { ok: false; sentence: string };

const TIMEOUT_MS = 30_000;

type Answer = {
  ok?: unknown;
  value?: { words?: unknown };
  refusal?: { sentence?: unknown };
  /** Of one that comes from the door and not from the use case, such as an ended session. */
  sentence?: unknown;
};

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

function readAnswer({ ok, value, refusal, sentence }: Answer): Brought {
  if (ok === true && isTexts(value?.words)) return { ok: true, words: value.words };
  const said = refusal?.sentence ?? sentence;
  return { ok: false, sentence: typeof said === 'string' ? said : noAnswer };
}

/** Hands an answer in. Whether it is the right one the server says at once. */
export async function bringAnswer(document: string, text: string): Promise<Brought> {
  try {
    const answer = await fetch(`/api/cold/answer?document=${document}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=utf-8' },
      body: text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return readAnswer((await answer.json()) as Answer);
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
