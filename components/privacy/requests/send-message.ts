import type { messageLimits } from '#lib/privacy/requests/read-message.ts';
import { noAnswer } from '../../ui/key-problem.ts';

export type SentMessage = { ok: true; number: string } | { ok: false; sentence: string };

/** What the use case takes; its type keeps the two the same. */
const bytesMax: (typeof messageLimits)['bytes'] = 10_485_760;
const timeoutMs = 120_000;

/**
 * Hands in a message as a file. It goes by the older way of browsers, which says how much has gone; texts go in the
 * body, as addresses stand in logs.
 * @param file the one of the form, whose size is known before it is sent.
 * @param progress called with the share that was sent, 0 to 1.
 */
export function sendMessage(
  form: FormData,
  file: File,
  progress: (share: number) => void,
): Promise<SentMessage> {
  if (file.size > bytesMax)
    return Promise.resolve({
      ok: false,
      sentence: `A message has at most ${bytesMax / 1_048_576} MiB.`,
    });
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = () => resolve({ ok: false, sentence: noAnswer });
    request.open('POST', '/api/privacy/requests/messages');
    request.timeout = timeoutMs;
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) progress(loaded / total);
    });
    request.addEventListener('load', () => resolve(readAnswer(request.response)));
    for (const fault of ['error', 'abort', 'timeout']) request.addEventListener(fault, fail);
    request.send(form);
  });
}

function readAnswer(said: unknown): SentMessage {
  const answer = (said ?? {}) as {
    ok?: unknown;
    value?: { number?: unknown };
    refusal?: { sentence?: unknown };
    sentence?: unknown;
  };
  const number = answer.value?.number;
  if (answer.ok === true && typeof number === 'string') return { ok: true, number };
  const sentence = answer.refusal?.sentence ?? answer.sentence;
  return { ok: false, sentence: typeof sentence === 'string' ? sentence : noAnswer };
}
