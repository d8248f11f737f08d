import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress, type TakenPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { isSaidInTime, namesOf, otherList } from './chain-decision-rules.ts';
import {
  areSaid,
  chainDecisionStatement,
  digestOfPlaces,
  type ChainDecisionStatement,
} from './chain-decision-statement.ts';
import { readyToDecideChain, type ReadyToDecide } from './ready-to-decide-chain.ts';

export type SaidOfChain = { state: 'asked' | 'signed' };

/**
 * Takes a signed word about a chain that stands still: verifies the key press, asks every rule again, and keeps the word
 * with what was signed in the same transaction. The second word lets nothing go on yet: the worker proves both first. The
 * challenge is spent whatever the outcome.
 */
export async function submitChainDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<SaidOfChain>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  return inTransaction(context.db, async (tx): Promise<Result<SaidOfChain>> => {
    const asked = { ...form.value, purpose: 'chain-decision' } as const;
    const press = await takeKeyPress(tx, actor, asked, at, context);
    if (!press.ok) return press;
    const said = chainDecisionStatement.parse(JSON.parse(press.value.document));
    if (!isSaidInTime(said, at.getTime()))
      return refuse(
        'other-time',
        'The clock of this server differs by more than a minute from that of the one which asked for your key, so the worker would not count it. Start again from the page; where it happens again, the servers’ clocks have to be set.',
      );
    const { chain, kind, hold, foundAt } = said;
    const decision = said.step === 'agree' ? said.decision : null;
    // Whoever else has asked meanwhile keeps nobody from asking.
    const isBeside = decision === null;
    const read = { chain, kind, hold, foundAt, decision, isBeside };
    const ready = await readyToDecideChain(tx, actor, read, at);
    if (!ready.ok) return ready;
    if (!areSaid(said.places, ready.value.places)) return otherList(ready.value.places);
    await keep(tx, said, { ...ready.value, at, press: press.value });
    await note(tx, said, { ...ready.value, at });
    return ok({ state: said.step === 'ask' ? 'asked' : 'signed' });
  });
}

async function keep(
  tx: Tx,
  { decision: id, kind, step, person }: ChainDecisionStatement,
  { hold, foundAt, places, at, press }: ReadyToDecide & { at: Date; press: TakenPress },
): Promise<void> {
  const { document, assertion } = press;
  if (step === 'ask')
    await tx.chainDecision.create({
      data: {
        id,
        holdId: hold.id,
        kind,
        foundAt,
        places: [...places],
        firstBy: person,
        firstAt: at,
        firstDocument: document,
        firstAssertion: asJson(assertion),
        firstCredential: assertion.id,
      },
    });
  else
    await tx.chainDecision.update({
      where: { id },
      data: {
        secondBy: person,
        secondAt: at,
        secondDocument: document,
        secondAssertion: asJson(assertion),
        secondCredential: assertion.id,
      },
    });
}

async function note(
  tx: Tx,
  { chain, kind, step, person }: ChainDecisionStatement,
  { hold, places, at }: ReadyToDecide & { at: Date },
): Promise<void> {
  const leftOut = { uncompared: namesOf(places), placesDigest: digestOfPlaces(places) };
  await appendAudit(tx, {
    kind: step === 'ask' ? 'chain-decision-asked' : 'chain-decided',
    subject: chain,
    actor: person,
    at,
    facts: { kind, incident: hold.incident, ...(places.length > 0 ? leftOut : {}) },
  });
  await publish(tx, { topic: 'alarms', id: null });
}
