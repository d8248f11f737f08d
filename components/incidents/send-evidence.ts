import type { evidenceLimits } from '#lib/incidents/desk/evidence-file.ts';
import { noAnswer } from '../ui/key-problem.ts';

export type Sent = { ok: true } | { ok: false; sentence: string };

/** What the desk takes; its type keeps the two the same. */
const bytesMax: (typeof evidenceLimits)['bytes'] = 10_485_760;
/** A file of the largest size over a slow line. */
const timeoutMs = 120_000;

type Answer = {
  ok?: unknown;
  refusal?: { sentence?: unknown };
  /** Of one that comes from the door and not from the use case, such as an ended session. */
  sentence?: unknown;
};

/** Hands a file of evidence in. Whether it is taken, and if not why, the server says at once. */
export async function sendEvidence(incident: string, file: File): Promise<Sent> {
  if (file.size > bytesMax)
    return { ok: false, sentence: `A file of evidence has at most ${bytesMax / 1_048_576} MiB.` };
  try {
    const query = new URLSearchParams({ incident, name: file.name });
    const response = await fetch(`/api/incidents/evidence?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json()) as Answer;
    if (answer.ok === true) return { ok: true };
    const said = answer.refusal?.sentence ?? answer.sentence;
    return { ok: false, sentence: typeof said === 'string' ? said : noAnswer };
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
