/** Closes a break in the transaction that approves the correction which answers it. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { lifeOf, proposalColumns, type BreakRow } from './break-row.ts';
import { stepBreak, type BreakEvent, type BreakLife } from './lifecycle.ts';

type Correction = {
  id: string;
  correction: string;
  journal: string;
  raiser: string;
  approver: string;
};

/**
 * Who raised the correction proposed the closing by it, and who approved it accepted that; their statements
 * about the correction stand for both steps.
 * @throws when the break can't be closed by it; the caller has looked, with the break's row locked.
 */
export async function closeBreakByCorrection(
  tx: Tx,
  { id, correction, journal, raiser, approver }: Correction,
  at: Date,
): Promise<void> {
  const row = await tx.breakRecord.findUniqueOrThrow({ where: { id } });
  const proposal = { by: raiser, how: 'correction', journal } as const;
  const proposed = moved(lifeOf(row), { what: 'proposed', proposal });
  const facts = { how: 'correction', journal, correction };
  const first = await tx.breakRecord.update({
    where: { id },
    data: { state: proposed.state, revision: row.revision + 1, ...proposalColumns(proposed) },
  });
  await record(tx, first, { what: 'proposed', actor: raiser, at, facts });
  const accepted = moved(proposed, { what: 'accepted', by: approver });
  const second = await tx.breakRecord.update({
    where: { id },
    data: {
      state: accepted.state,
      closedBy: accepted.closedBy,
      closedAt: at,
      acceptedBy: approver,
      revision: row.revision + 2,
    },
  });
  await record(tx, second, { what: 'accepted', actor: approver, at, facts });
}

function moved(life: BreakLife, event: BreakEvent): BreakLife {
  const next = stepBreak(life, event);
  if (!next.ok) throw new Error(`A correction does not close its break: ${next.refusal.code}`);
  return next.value;
}

type Step = {
  what: 'proposed' | 'accepted';
  actor: string;
  at: Date;
  facts: Record<string, string>;
};

async function record(
  tx: Tx,
  { id, number, revision, content }: Pick<BreakRow, 'id' | 'number' | 'revision' | 'content'>,
  { what, actor, at, facts }: Step,
): Promise<void> {
  await tx.breakEvent.create({
    data: { breakId: id, revision, what, actor, at, facts },
    select: { id: true },
  });
  await appendAudit(tx, {
    kind: 'break-moved',
    subject: number,
    actor,
    at,
    facts: { what, content, ...facts },
  });
}
