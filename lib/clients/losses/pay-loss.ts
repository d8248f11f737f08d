import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { noteOutcomes } from '../outcomes/note-outcomes.ts';
import { byJournal } from '../outcomes/outcome-form.ts';
import { findNoPayment, paysNothing } from '../outcomes/paying-journal.ts';
import { lastStep } from '../register/cases.ts';
import { readForm } from '../register/forms.ts';
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
      const nothing = await findNoPayment(tx, journal, { caseId: id, since });
      if (nothing) return nothing;
      const accounts = await tx.$executeRaw`
        insert into register_outcome (case_id, account_id, what, journal_id, line, actor, at)
          select distinct on (l.account_id) l.case_id, l.account_id, 'paid', p.journal_id, p.line, ${by}, ${at}
            from loss_liability l join loss_share s using (case_id, account_id)
              join posting p on p.journal_id = ${journal}
                and ((p.account_id = same_owner_in(l.account_id, 'EUR') and p.amount = -l.cents)
                  or (p.account_id = l.account_id and p.amount = -s.units))
            where l.case_id = ${id}::uuid and l.cents > 0
              and not exists (select from register_outcome o where o.case_id = l.case_id and o.account_id = l.account_id)
              and not exists (select from register_outcome o where o.journal_id = p.journal_id and o.line = p.line)
            order by l.account_id, p.line`;
      if (accounts === 0) return paysNothing(journal, 'what is owed');
      const outcome = { what: 'paid', accounts, journal: journal.toString() } as const;
      await noteOutcomes(tx, ready.value, outcome, { by, at });
      return ok({ accounts, settled: await settleWhenPaid(tx, ready.value, { by, at }) });
    },
    { timeoutMs: 60_000 },
  );
}
