/** How a return ends: everything was returned, or the client withdrew the request. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { readForm, seenField, textField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';
import { readTexts } from '../register/texts.ts';
import { loadCarrying } from './load-carrying.ts';
import { findReturnFault, returnFacts } from './return.ts';

type Moved = Promise<Result<{ seq: number }>>;

const about = { id: caseField, seen: seenField };
const done = z.strictObject(about);
const withdrawal = z.strictObject({ ...about, reasons: textField });

/** Notes that everything was returned; refused while the books and the operations say otherwise. */
export async function completeReturn(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(done, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const step = {
    register: 'return',
    caseId: id,
    seen,
    step: 'returned',
    by: actor.personId,
  } as const;
  return inTextTransaction(context.db, async (tx) => {
    const ready = await readyForStep(tx, step);
    if (!ready.ok) return ready;
    const { asset, units } = returnFacts.parse(ready.value.facts);
    const account = await tx.account.findUnique({
      where: { id: clientAccount(ready.value.client ?? '', asset) },
      select: { credits: true, debits: true },
    });
    const left = account ? unitsOf(account.credits) - unitsOf(account.debits) : 0n;
    const operations = await loadCarrying(tx, ready.value);
    const fault = findReturnFault(units === null ? null : BigInt(units), operations, left);
    if (fault) return fault;
    const taken = await takeStep(tx, { ...step, facts: {}, texts: {}, at: context.clock() });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}

/** The client does not want it any more; the reasons say how that is known. */
export async function withdrawReturn(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(withdrawal, input);
  if (!read.ok) return read;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  return inTextTransaction(context.db, async (tx) => {
    const taken = await takeStep(tx, {
      register: 'return',
      caseId: read.form.id,
      seen: read.form.seen,
      step: 'withdrawn',
      facts: {},
      texts: texts.texts,
      by: actor.personId,
      at: context.clock(),
    });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}
