import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { tellsRecipients, type Standing } from './fold.ts';
import { concernedFields, recipientsOf } from './load-recipients.ts';

/**
 * Recipients are gone through once each has a result on record: told, that it received none of
 * these data, or why telling is impossible or takes a disproportionate effort (Article 19 GDPR).
 */
export async function findUntoldRecipients(
  tx: Tx,
  requestId: string,
  standing: Standing,
): Promise<Refused | null> {
  if (!tellsRecipients(standing) || standing.person === null) return null;
  const known = await recipientsOf(tx, standing.person.id, await concernedFields(tx, requestId));
  const left = known.filter(({ code }) => !standing.recipients.has(code));
  return left.length === 0
    ? null
    : refuse(
        'recipients-untold',
        `Of ${left.length} recipients nothing is on record, such as ${left[0]?.name}. Tell each, or record that it received none of these data, or why telling it is impossible or takes a disproportionate effort (Art 19).`,
      );
}
