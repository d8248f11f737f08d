import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/identity/actor.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { peopleTopic } from '../people/record-person.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { fieldsOf } from './changes.ts';
import { newestPlan, openPlan } from './plan-changes.ts';

/**
 * Makes what two people decided about a rectification so, in the transaction of the approval: newer versions in the
 * vault, and new search hashes in place of the old.
 * @param file the request as it was before its approval, whose proposal is approved.
 * @throws where what was signed can't be written: nothing is approved then.
 */
export async function carryOutChanges(
  tx: Tx,
  actor: Actor,
  { id, number, standing, events }: RequestFile,
  at: Date,
): Promise<void> {
  const { proposal, person } = standing;
  if (proposal === null || person === null || proposal.decision === 'refuse') return;
  const plan = await newestPlan(tx, { id, events });
  const values = plan && plan.commitment === proposal.plan ? await openPlan(id, plan) : null;
  if (values === null) throw new Error(`the changes of ${number} are not what was signed`);
  const proposed = events.find(({ seq }) => seq === proposal.seq);
  await tx.personCorrection.create({
    data: {
      id: randomUUID(),
      personId: person.id,
      requestId: id,
      fields: fieldsOf(values),
      source: 'correction',
      proposedBy: proposal.by,
      proposedAt: new Date(proposed?.at ?? at),
      outcome: 'made',
      decidedBy: actor.personId,
      decidedAt: at,
    },
    select: { id: true },
  });
  const written = { by: actor.personId, at, reference: number, source: 'correction' } as const;
  if (!(await writeValues(tx, { id: person.id, values }, written)))
    throw new Error(`nobody is there to be corrected by ${number}`);
  await publish(tx, { topic: peopleTopic, id: person.id });
}
