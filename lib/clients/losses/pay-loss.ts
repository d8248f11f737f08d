import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm } from '#lib/platform/forms.ts';
import { byJournal } from '../outcomes/outcome-form.ts';
import { payOut } from '../outcomes/pay-out.ts';
import { lastStep } from '../register/cases.ts';
import { readyForStep } from '../register/take-step.ts';
import { settleWhenPaid } from './write-liabilities.ts';

/**
 * Notes that a journal paid what is owed for a loss: for everybody whom it credits exactly that in euro, or
 * with exactly what they lost in kind.
 */
export async function payLoss(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ accounts: number; settled: boolean }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(byJournal, input);
  if (!read.ok) return read;
  const { id, seen, journal } = read.form;
  const [by, at] = [actor.personId, context.clock()];
  return inTransaction(
    context.db,
    async (tx) => {
      const wanted = { register: 'loss', caseId: id, seen, step: 'settled', by } as const;
      const ready = await readyForStep(tx, wanted);
      if (!ready.ok && ready.refusal.code === 'step-not-now')
        return refuse('not-decided', 'What is owed has to be decided before it is paid.');
      if (!ready.ok) return ready;
      const since = new Date(lastStep(ready.value, 'accepted')?.at ?? at);
      const paid = await payOut(tx, ready.value, {
        what: 'paid',
        journal,
        due: Prisma.sql`
          select l.account_id, way.credited, way.amount
            from loss_liability l join loss_share s using (case_id, account_id)
              cross join lateral (values (same_owner_in(l.account_id, 'EUR'), l.cents), (l.account_id, s.units))
                as way (credited, amount)
            where l.case_id = ${id}::uuid and l.cents > 0`,
        dueWords: 'what is owed',
        since,
        by,
        at,
      });
      if (!paid.ok) return paid;
      const accounts = paid.value;
      return ok({ accounts, settled: await settleWhenPaid(tx, ready.value, { by, at }) });
    },
    { timeoutMs: 60_000 },
  );
}
