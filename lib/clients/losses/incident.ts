import { z } from 'zod';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Number of an incident; an empty field is none. */
export const incidentField = z
  .literal('')
  .transform(() => null)
  .or(
    z
      .string()
      .trim()
      .regex(/^INC-\d{4}-\d{6,10}$/, 'Give the number of the incident, such as INC-2026-000001.'),
  );

/** The refusal of an incident that is not on record; null when it is, and for none. */
export async function findUnknownIncident(
  tx: Tx,
  number: string | null,
): Promise<Refused<'incident-unknown'> | null> {
  if (number === null) return null;
  const found = await tx.incidentRecord.findUnique({ where: { number }, select: { id: true } });
  return found ? null : refuse('incident-unknown', `No incident ${number} is on record.`);
}
