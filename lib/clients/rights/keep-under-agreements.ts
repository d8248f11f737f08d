import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { noteOutcomes } from '../outcomes/note-outcomes.ts';
import { lastStep } from '../register/cases.ts';
import { caseField } from '../register/forms.ts';
import { completeWhenDone, readyToHandOut } from './complete-event.ts';
import { custodianClientsAt } from './custodian-clients.ts';
import { rightsFacts } from './event.ts';

const form = z.strictObject({ id: caseField, seen: seenField });

/**
 * Declines what agreements give the custodian: the reason is the agreement that was in force at the
 * event, signed before it, and says so expressly. Nothing else is a reason (MiCA Art 75(4)).
 */
export async function keepUnderAgreements(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ accounts: number; completed: boolean }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const [by, at] = [actor.personId, context.clock()];
  return inTransaction(
    context.db,
    async (tx) => {
      const ready = await readyToHandOut(tx, id, seen);
      if (!ready.ok) return ready;
      const event = new Date(rightsFacts.parse(ready.value.facts).at);
      const known = lastStep(ready.value, 'computed')?.at;
      const kept = known ? await custodianClientsAt(tx, event, new Date(known)) : [];
      const accounts = await tx.$executeRaw`
        insert into register_outcome (case_id, account_id, what, agreement_id, actor, at)
          select e.case_id, e.account_id, 'declined', g.agreement, ${by}, ${at}
            from rights_entitlement e join account a on a.id = e.account_id
              join unnest(${kept.map(({ client }) => client)}::text[], ${kept.map(({ agreement }) => agreement)}::uuid[])
                as g (client, agreement) on g.client = a.client_id
            where e.case_id = ${id}::uuid and e.goes_to = 'custodian' and e.amount > 0
              and not exists (select from register_outcome o where o.case_id = e.case_id and o.account_id = e.account_id)`;
      if (accounts === 0)
        return refuse(
          'nothing-declined',
          'No agreement gives the custodian anything of this event that is not noted already. What remains goes to the clients.',
        );
      const outcome = { what: 'declined', accounts, journal: null } as const;
      await noteOutcomes(tx, ready.value, outcome, { by, at });
      return ok({ accounts, completed: await completeWhenDone(tx, ready.value, { by, at }) });
    },
    { timeoutMs: 60_000 },
  );
}
