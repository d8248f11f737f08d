/** Ties that a legal review may confirm, with who recorded each. */
import type { NameOf } from '#lib/persons/operator-names.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadTies, tieKey } from '../package/client-ties.ts';
import type { ClientTie } from '../package/tie-form.ts';
import { mayHappen } from './life.ts';
import type { RequestFile } from './load-request.ts';

/** A tie with what stands against telling of its client. */
export type RequestTie = ClientTie & {
  /** By which a form names it. */
  key: string;
  recorder: string;
  /** Who looks recorded it, so somebody else confirms it. */
  isYours: boolean;
};

/** None where no copy is asked for, or the review lies behind. */
export async function listTies(
  tx: Tx,
  { id, standing }: RequestFile,
  { you, nameOf, at }: { you: string; nameOf: NameOf; at: Date },
): Promise<RequestTie[]> {
  const { right, person, state } = standing;
  if (right !== 'access' && right !== 'portability') return [];
  if (person === null || !mayHappen(state, 'reviewed')) return [];
  const ties = await loadTies(tx, { request: id, person: person.id, acting: null, at });
  return ties.map((tie) => ({
    ...tie,
    key: tieKey(tie),
    recorder: tie.recordedBy === null ? 'somebody who is not on record' : nameOf(tie.recordedBy),
    isYours: tie.recordedBy === you,
  }));
}
