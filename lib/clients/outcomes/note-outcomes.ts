import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Case } from '../register/cases.ts';
import { clientsTopic } from '../register/open-case.ts';

/** The audit entry and the notice of outcomes that were written for some holders of a case. */
export async function noteOutcomes(
  tx: Tx,
  { id, number }: Case,
  facts: { what: 'handed-out' | 'paid' | 'declined'; accounts: number; journal: string | null },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await appendAudit(tx, { kind: 'register-outcome', subject: number, actor: by, at, facts });
  await publish(tx, { topic: clientsTopic, id });
}
