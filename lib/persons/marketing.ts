/** Whether somebody may be told about services: they agreed, and took it back or objected never since (Art 7(3), 21(3)). */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Withheld } from './restrictions.ts';
import { openValues } from './sealed-value.ts';

const field = 'marketing-consent';

/**
 * Why nothing may be read of somebody for marketing; null where they agreed and did not stop it since.
 * @param stoppedAt when they last stopped it; null where they never did.
 * @throws DataKeysError where it can't be told whether they agreed: then nobody is told anything.
 */
export async function consentFault(
  db: Database | Tx,
  personId: string,
  stoppedAt: Date | null,
): Promise<Withheld | null> {
  const consent = await db.personValue.findFirst({
    where: { personId, field },
    orderBy: { version: 'desc' },
  });
  const none: Withheld = { since: stoppedAt?.toISOString() ?? null, ground: 'no-consent' };
  if (!consent || (stoppedAt !== null && consent.recordedAt <= stoppedAt)) return none;
  const [value] = await openValues([{ ...consent, field }]);
  return value === 'yes' ? null : { since: consent.recordedAt.toISOString(), ground: 'no-consent' };
}
