import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import type { Case } from '../register/cases.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';

/** The event as it stands, when what it brought can be handed out; nobody else does so meanwhile. */
export async function readyToHandOut(tx: Tx, id: string, seen: number): Promise<Result<Case>> {
  const ready = await readyForStep(tx, {
    register: 'rights-event',
    caseId: id,
    seen,
    step: 'completed',
    by: '',
  });
  return !ready.ok && ready.refusal.code === 'step-not-now'
    ? refuse('not-approved', 'Who is entitled has to be approved before anything is handed out.')
    : ready;
}

/** Takes the last step once everybody's part came to its end. @returns whether it did. */
export async function completeWhenDone(
  tx: Tx,
  found: Case,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const [left] = await tx.$queryRaw<{ account: string }[]>`
    select e.account_id as account from rights_entitlement e
      where e.case_id = ${found.id}::uuid and e.amount > 0 and not exists (select from register_outcome o
        where o.case_id = e.case_id and o.account_id = e.account_id) limit 1`;
  if (left) return false;
  const taken = await takeStep(tx, {
    register: 'rights-event',
    caseId: found.id,
    seen: found.steps.length,
    step: 'completed',
    facts: {},
    texts: {},
    by,
    at,
  });
  if (!taken.ok) throw new Error(`${found.number} cannot be completed: ${taken.refusal.code}.`);
  return true;
}
