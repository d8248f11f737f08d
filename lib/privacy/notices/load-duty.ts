/** That recipients are to be told of something, with those who are told and those who are not yet. */
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { recipientsOf, type Recipient } from '../requests/load-recipients.ts';

export type DutyFile = {
  id: string;
  personId: string;
  /** The request within which it was restricted; null for a correction without one. */
  requestId: string | null;
  /** Recipients of the fields that it is about, each with what became of its notice. */
  recipients: (Recipient & { result: string | null })[];
};

/** The duty with everybody else kept from writing about it, or why nothing can be recorded. */
export async function lockDuty(
  tx: Tx,
  id: string,
): Promise<{ ok: true; value: DutyFile } | Refused> {
  await lockNamed(tx, `notices of ${id}`);
  const row = await tx.recipientNoticeDuty.findUnique({
    where: { id },
    include: {
      notices: { select: { recipient: true, result: true } },
      correction: { select: { fields: true } },
      restriction: { select: { fields: true, requestId: true } },
    },
  });
  if (!row) return refuse('duty-unknown', 'Nothing is known of which recipients are to be told.');
  if (row.endedAt !== null)
    return refuse('ended-already', 'It is on record that no recipient is left to tell.');
  const fields = (row.correction ?? row.restriction)?.fields ?? [];
  const results = new Map(row.notices.map(({ recipient, result }) => [recipient, result]));
  return {
    ok: true,
    value: {
      id,
      personId: row.personId,
      requestId: row.restriction?.requestId ?? null,
      recipients: (await recipientsOf(tx, row.personId, fields)).map((recipient) => ({
        ...recipient,
        result: results.get(recipient.code) ?? null,
      })),
    },
  };
}
