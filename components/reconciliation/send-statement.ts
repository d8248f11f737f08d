import { statementLimits } from '#lib/reconciliation/statements/statement.ts';
import { noAnswer } from '../ui/key-problem.ts';

export type Sent =
  | { ok: true; statement: string; entries: number }
  | { ok: false; sentence: string };

/** A file of the largest size over a slow line, and the reading of it. */
const TIMEOUT_MS = 120_000;

type Answer = {
  ok?: unknown;
  value?: { statement?: unknown; entries?: unknown };
  refusal?: { sentence?: unknown };
  /** Of one that comes from the door and not from the use case, such as an ended session. */
  sentence?: unknown;
};

function readAnswer({ ok, value, refusal, sentence }: Answer): Sent {
  const { statement, entries } = value ?? {};
  if (ok === true && typeof statement === 'string' && typeof entries === 'number')
    return { ok: true, statement, entries };
  const said = refusal?.sentence ?? sentence;
  return { ok: false, sentence: typeof said === 'string' ? said : noAnswer };
}

/** Hands a statement's file in. Whether it is taken, and if not why, the server says at once. */
export async function sendStatement(account: string, format: string, file: File): Promise<Sent> {
  const { bytes } = statementLimits;
  if (file.size > bytes)
    return {
      ok: false,
      sentence: `The file is larger than ${bytes / 1024 / 1024} MiB. Ask the bank for one file a day.`,
    };
  try {
    const query = new URLSearchParams({ account, format });
    const answer = await fetch(`/api/reconciliation/statements?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return readAnswer((await answer.json()) as Answer);
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
