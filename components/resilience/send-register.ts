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

/** Hands a register in. Whether it is taken over, and if not why, the server says at once. */
export async function sendRegister(file: File): Promise<Sent> {
  if (file.size > bytesMax)
    return no(`A register of at most ${bytesMax / 1_048_576} MiB is taken over at once.`);
  try {
    const query = new URLSearchParams({ name: file.name });
    const response = await fetch(`/api/resilience/register?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json()) as Answer;
    if (answer.ok === true && answer.value) return { ok: true, taken: answer.value };
    const said = answer.refusal?.sentence ?? answer.sentence;
    return no(typeof said === 'string' ? said : noAnswer, answer.places ?? []);
  } catch {
    return no(noAnswer);
  }
}
