import type { keptBytesMax } from '#lib/privacy/requests/kept-file.ts';
import { noAnswer } from '../../ui/key-problem.ts';

type Sent<T> = { ok: true; value: T } | { ok: false; sentence: string };

/** What the use cases take, of a message and of a file; its type keeps them the same. */
const bytesMax: typeof keptBytesMax = 10_485_760;
const timeoutMs = 120_000;

export type Door<T> = {
  /** Where it is posted to. */
  path: string;
  /** What is sent, at the beginning of a sentence. */
  what: string;
  /** What was answered; null where it is not what this door answers. */
  read: (value: Readonly<Record<string, unknown>>) => T | null;
};

/**
 * Hands in a file with its form. It goes by the older way of browsers, which says how much has gone; texts go in the
 * body, as addresses stand in logs.
 * @param file the one of the form, whose size is known before it is sent.
 * @param progress called with the share that was sent, 0 to 1.
 */
export function sendFile<T>(
  { path, what, read }: Door<T>,
  form: FormData,
  file: File,
  progress: (share: number) => void,
): Promise<Sent<T>> {
  if (file.size > bytesMax)
    return Promise.resolve({
      ok: false,
      sentence: `${what} has at most ${bytesMax / 1_048_576} MiB.`,
    });
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = () => resolve({ ok: false, sentence: noAnswer });
    request.open('POST', path);
    request.timeout = timeoutMs;
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) progress(loaded / total);
    });
    request.addEventListener('load', () => resolve(readAnswer(request.response, read)));
    for (const fault of ['error', 'abort', 'timeout']) request.addEventListener(fault, fail);
    request.send(form);
  });
}

function readAnswer<T>(said: unknown, read: Door<T>['read']): Sent<T> {
  const answer = (said ?? {}) as {
    ok?: unknown;
    value?: Record<string, unknown>;
    refusal?: { sentence?: unknown };
    sentence?: unknown;
  };
  const value = answer.ok === true ? read(answer.value ?? {}) : null;
  if (value !== null) return { ok: true, value };
  const sentence = answer.refusal?.sentence ?? answer.sentence;
  return { ok: false, sentence: typeof sentence === 'string' ? sentence : noAnswer };
}
