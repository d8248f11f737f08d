import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { lockRequest, type RequestFile } from '../requests/load-request.ts';

export type RestrictionFile = {
  id: string;
  personId: string;
  seq: number;
  state: string;
  ground: string;
  fields: readonly string[];
  since: Date;
  toldAt: Date | null;
  proposedBy: string | null;
  request: RequestFile;
};

/** A restriction with its request, both kept from everybody else until the caller's transaction ends. */
export async function lockRestriction(tx: Tx, id: string): Promise<RestrictionFile | null> {
  await lockNamed(tx, `person restriction ${id}`);
  const row = await tx.personRestriction.findUnique({ where: { id } });
  const request = row && (await lockRequest(tx, row.requestId));
  return row && request ? { ...row, request } : null;
}

export const restrictionUnknown = (): Refused<'restriction-unknown'> =>
  refuse('restriction-unknown', 'There is no such restriction.');

export const restrictionMoved = (): Refused<'restriction-moved'> =>
  refuse(
    'restriction-moved',
    'Somebody did something about this restriction in the meantime. Look at it again.',
  );

/** The refusal of a step that is not the next one; null where it is. @param seen number of events that were seen. */
export function findRestrictionMoment(
  { seq, state }: Pick<RestrictionFile, 'seq' | 'state'>,
  step: 'told' | 'lift-proposed' | 'lift-returned' | 'lifted',
  seen: number,
): Refused | null {
  if (seq !== seen) return restrictionMoved();
  if (state === 'lifted') return refuse('lifted-already', 'This restriction was lifted.');
  if (step === 'told')
    return state === 'standing'
      ? null
      : refuse('told-already', 'That the person was told is on record.');
  if (state === 'standing')
    return refuse(
      'not-told',
      'The person is told before a restriction is lifted (Art 18(3)). Record that first.',
    );
  const isRight = step === 'lift-proposed' ? state === 'told' : state === 'lift-proposed';
  return isRight
    ? null
    : refuse('not-now', 'This is not the next step. Look at the restriction again.');
}
