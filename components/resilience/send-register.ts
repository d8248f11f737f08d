import type {
  registerFileMax,
  RegisterTaken,
} from '#lib/resilience/records/import-register-file.ts';
import type { UploadFault } from '#lib/resilience/roi/read-upload.ts';
import { noAnswer } from '../ui/key-problem.ts';

export type Sent =
  | { ok: true; taken: RegisterTaken }
  | { ok: false; sentence: string; places: readonly UploadFault[] };

/** What the take-over takes; its type keeps the two the same. */
const bytesMax: typeof registerFileMax = 33_554_432;
/** A large register over a slow line, and the writing of it. */
const timeoutMs = 300_000;

type Answer = {
  ok?: unknown;
  value?: RegisterTaken;
  refusal?: { sentence?: unknown };
  places?: readonly UploadFault[];
  /** Of one that comes from the door and not from the use case, such as an ended session. */
  sentence?: unknown;
};

const no = (sentence: string, places: readonly UploadFault[] = []): Sent => ({
  ok: false,
  sentence,
  places,
});

/** How far a file is that is being handed in. */
export type SendingStage =
  | { at: 'sending'; bytes: number; of: number }
  /** All of it is with the server, which reads it, checks every cell and writes. */
  | { at: 'checking' };

/**
 * Hands a register in. Whether it is taken over, and if not why, the server says at once.
 * @param onStage told as it goes; not told once the answer is there
 */
export async function sendRegister(
  file: File,
  onStage: (stage: SendingStage) => void,
): Promise<Sent> {
  if (file.size > bytesMax)
    return no(`A register of at most ${bytesMax / 1_048_576} MiB is taken over at once.`);
  const query = new URLSearchParams({ name: file.name });
  const answer = await post(`/api/resilience/register?${query.toString()}`, file, onStage);
  if (answer?.ok === true && answer.value) return { ok: true, taken: answer.value };
  const said = answer?.refusal?.sentence ?? answer?.sentence;
  return no(typeof said === 'string' ? said : noAnswer, answer?.places ?? []);
}

/** `fetch` does not tell how much of a body is sent. @returns null where there is no answer to read. */
const post = (
  address: string,
  body: File,
  onStage: (stage: SendingStage) => void,
): Promise<Answer | null> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.timeout = timeoutMs;
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onStage({ at: 'sending', bytes: loaded, of: total });
    });
    request.upload.addEventListener('load', () => {
      onStage({ at: 'checking' });
    });
    request.addEventListener('load', () => {
      resolve(request.response as Answer | null);
    });
    for (const ended of ['error', 'timeout', 'abort'])
      request.addEventListener(ended, () => {
        resolve(null);
      });
    request.send(body);
  });
