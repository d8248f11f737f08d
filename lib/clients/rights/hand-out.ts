import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { noteOutcomes } from '../outcomes/note-outcomes.ts';
import { byJournal } from '../outcomes/outcome-form.ts';
import { findNoPayment, paysNothing } from '../outcomes/paying-journal.ts';
import { lastStep } from '../register/cases.ts';
import { readForm } from '../register/forms.ts';
import { completeWhenDone, readyToHandOut } from './complete-event.ts';
import { rightsFacts } from './event.ts';

/** Notes that a journal handed out what the event brought: for everybody whom it credits exactly that. */
export async function handOut(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ accounts: number; completed: boolean }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(byJournal, input);
  if (!read.ok) return read;
  const { id, seen, journal } = read.form;
  const [by, at] = [actor.personId, context.clock()];
  return inTransaction(
    context.db,
    async (tx) => {
      const ready = await readyToHandOut(tx, id, seen);
      if (!ready.ok) return ready;
      const facts = rightsFacts.parse(ready.value.facts);
      const since = new Date(lastStep(ready.value, 'approved')?.at ?? at);
      const nothing = await findNoPayment(tx, journal, { caseId: id, since });
      if (nothing) return nothing;
      const accounts = await tx.$executeRaw`
        insert into register_outcome (case_id, account_id, what, journal_id, line, actor, at)
          select distinct on (e.account_id) e.case_id, e.account_id, 'handed-out', p.journal_id, p.line, ${by}, ${at}
            from rights_entitlement e join posting p on p.journal_id = ${journal}
              and p.account_id = same_owner_in(e.account_id, ${facts.brings}) and p.amount = -e.amount
            where e.case_id = ${id}::uuid and e.goes_to = 'client' and e.amount > 0
              and not exists (select from register_outcome o where o.case_id = e.case_id and o.account_id = e.account_id)
              and not exists (select from register_outcome o where o.journal_id = p.journal_id and o.line = p.line)
            order by e.account_id, p.line`;
      if (accounts === 0) return paysNothing(journal, `what is due in ${facts.brings}`);
      const outcome = { what: 'handed-out', accounts, journal: journal.toString() } as const;
      await noteOutcomes(tx, ready.value, outcome, { by, at });
      return ok({ accounts, completed: await completeWhenDone(tx, ready.value, { by, at }) });
    },
    { timeoutMs: 60_000 },
  );
}
