import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { lastStep, type Case } from '../register/cases.ts';
import { takeStep } from '../register/take-step.ts';
import { writeInParts } from '../shares/write-in-parts.ts';
import { sharedFacts, verdictFacts } from './loss.ts';

/** What each is owed for the loss: the liability that was proposed, in proportion to what each lost was worth. */
export async function writeLiabilities(tx: Tx, found: Case): Promise<void> {
  const { liabilityCents } = verdictFacts.parse(lastStep(found, 'proposed')?.facts);
  const { valueCents } = sharedFacts.parse(lastStep(found, 'shared')?.facts);
  if (liabilityCents === '0') return;
  const weights = Prisma.sql`
    select account_id, null::text as client_id, value_cents as weight
      from loss_share where case_id = ${found.id}::uuid`;
  const ratio = { numerator: BigInt(liabilityCents), denominator: BigInt(valueCents) };
  await writeInParts(
    tx,
    { holders: weights, ratio },
    (shares) => Prisma.sql`
      insert into loss_liability (case_id, account_id, cents)
        select ${found.id}::uuid, account_id, amount from (${shares}) s`,
  );
}

/** Closes a loss once nobody is owed anything for it any more. @returns whether it did. */
export async function settleWhenPaid(
  tx: Tx,
  found: Pick<Case, 'id' | 'number'>,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const [left] = await tx.$queryRaw<{ account: string }[]>`
    select l.account_id as account from loss_liability l
      where l.case_id = ${found.id}::uuid and l.cents > 0 and not exists (select from register_outcome o
        where o.case_id = l.case_id and o.account_id = l.account_id) limit 1`;
  if (left) return false;
  const seen = await tx.registerStep.count({ where: { caseId: found.id } });
  const taken = await takeStep(tx, {
    register: 'loss',
    caseId: found.id,
    seen,
    step: 'settled',
    facts: {},
    texts: {},
    by,
    at,
  });
  if (!taken.ok) throw new Error(`${found.number} cannot be closed: ${taken.refusal.code}.`);
  return true;
}
