/** Keys that were refused, on record until somebody has to answer for them: lib/operations/worker/refused-keys.ts. */
import type { Database } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { DataKeysError } from './data-keys.ts';
import { KeyOfOtherError } from './key-of-other.ts';

export type KeyRefusal = {
  /** What kind of row named it; `duty` where only the worker's duty that met it is known. */
  kind: string;
  /** Id of the row, or the name of the duty. */
  owner: string;
  fault: 'not-own' | 'key-unknown' | 'seal-broken' | 'not-parsed';
};

export type NotesRefusals = Pick<Database, 'dataKeyRefusal'> | Pick<Tx, 'dataKeyRefusal'>;

/** Once each: what is refused again is on record already. */
export async function noteRefusals(
  db: NotesRefusals,
  refusals: readonly KeyRefusal[],
): Promise<void> {
  if (refusals.length === 0) return;
  const data = refusals.map(({ kind, owner, fault }) => ({
    kind,
    owner: owner.slice(0, 300),
    fault,
  }));
  await db.dataKeyRefusal.createMany({ data, skipDuplicates: true });
}

/** How many causes of a failure are looked through. */
const causesMax = 5;

/** What was refused where a duty failed of a key; null where it failed of something else. */
export function refusalIn(duty: string, failure: unknown): KeyRefusal | null {
  let error = failure;
  for (let depth = 0; depth < causesMax && error instanceof Error; depth += 1) {
    // Who refused it has noted it with its row.
    if (error instanceof KeyOfOtherError) return null;
    if (
      error instanceof DataKeysError &&
      (error.fault === 'key-unknown' || error.fault === 'seal-broken')
    )
      return { kind: 'duty', owner: duty, fault: error.fault };
    error = error.cause;
  }
  return null;
}
