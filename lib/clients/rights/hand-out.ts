import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { readForm } from '#lib/platform/forms.ts';
import { byJournal } from '../outcomes/outcome-form.ts';
import { payOut } from '../outcomes/pay-out.ts';
import { lastStep } from '../register/cases.ts';
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
      const paid = await payOut(tx, ready.value, {
        what: 'handed-out',
        journal,
        due: Prisma.sql`
          select account_id, same_owner_in(account_id, ${facts.brings}) as credited, amount
            from rights_entitlement where case_id = ${id}::uuid and goes_to = 'client' and amount > 0`,
        dueWords: `what is due in ${facts.brings}`,
        since,
        by,
        at,
      });
      if (!paid.ok) return paid;
      const accounts = paid.value;
      return ok({ accounts, completed: await completeWhenDone(tx, ready.value, { by, at }) });
    },
    { timeoutMs: 60_000 },
  );
}
