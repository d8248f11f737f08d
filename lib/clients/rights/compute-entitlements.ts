import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { closeAt } from '#lib/ledger/close-books.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';
import { findTooMany } from '../shares/holders-max.ts';
import { heldIn, holdersAt } from '../shares/share-statement.ts';
import { entitlementsDigest } from '../shares/shares-digest.ts';
import { sharingTransaction } from '../shares/sharing-transaction.ts';
import { writeInParts } from '../shares/write-in-parts.ts';
import { custodianClientsAt } from './custodian-clients.ts';
import { dueOf, rightsFacts, type ComputedFacts } from './event.ts';

const form = z.strictObject({ id: caseField, seen: seenField });

/**
 * Computes who is entitled to what: from the balances of the closed position at the event, at its exact
 * ratio. Everybody gets the whole smallest units of their part; the whole units that are left over go
 * one each to the largest remainders, and what no unit is left for is less than one unit together.
 */
export async function computeEntitlements(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number; holders: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const step = {
    register: 'rights-event',
    caseId: id,
    seen,
    step: 'computed',
    by: actor.personId,
  } as const;
  return sharingTransaction(context.db, async (tx) => {
    const ready = await readyForStep(tx, step);
    if (!ready.ok) return ready;
    const at = context.clock();
    const facts = await share(tx, id, ready.value.facts, at);
    if (!facts.ok) return facts;
    const taken = await takeStep(tx, {
      ...step,
      facts: facts.value,
      texts: {},
      at,
    });
    return taken.ok ? ok({ seq: taken.value.seq, holders: facts.value.holders }) : taken;
  });
}

async function share(
  tx: Tx,
  id: string,
  caseFacts: unknown,
  now: Date,
): Promise<Result<ComputedFacts>> {
  const facts = rightsFacts.parse(caseFacts);
  const event = new Date(facts.at);
  const close = await closeAt(tx, event);
  if (!close.ok) return close;
  const { lastJournal, closedAt } = close.value;
  const ratio = {
    numerator: BigInt(facts.unitNumerator),
    denominator: BigInt(facts.unitDenominator),
  };
  const at = holdersAt({ asset: facts.asset, lastJournal });
  const { holders, held } = await heldIn(tx, at);
  const tooMany = findTooMany(holders, facts.asset);
  if (tooMany) return tooMany;
  const { due, rest } = dueOf(held, ratio);
  if (due === 0n)
    return refuse(
      'nothing-due',
      `The books have ${holders} holders of ${facts.asset} at the event, and its ratio gives them no whole unit together. Drop the event and say why.`,
    );
  const custodians = (await custodianClientsAt(tx, event, now)).map(({ client }) => client);
  await writeInParts(
    tx,
    { holders: at, ratio },
    (shares) => Prisma.sql`
      insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
        select ${id}::uuid, account_id, weight, amount,
            case when client_id = any(${custodians}::text[]) then 'custodian' else 'client' end
          from (${shares}) s`,
  );
  return ok({
    closedAt: closedAt.toISOString(),
    lastJournal: lastJournal.toString(),
    holders,
    heldUnits: held.toString(),
    dueUnits: due.toString(),
    rest: rest.toString(),
    sharesDigest: await entitlementsDigest(tx, id),
  });
}
