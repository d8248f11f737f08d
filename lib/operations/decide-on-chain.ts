/**
 * Two people decide about a chain that stands still: that it goes on, or that the worker reads it anew from the last
 * block that it still has. The first asks, the second agrees within the hour; the same words, so that nobody agrees to
 * anything else.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { chainFacts, chains } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { standingHolds, type AssetHold } from './asset-hold.ts';
import {
  chainDecisionKinds,
  decisionWaitsMs,
  type ChainDecisionKind,
} from './chain-decision-kinds.ts';
import { placesToCompare } from './places-to-compare.ts';

const form = z.strictObject({
  chain: z.enum(chains.map(({ chain }) => chain)),
  kind: z.enum(chainDecisionKinds),
});

export type Decided = { state: 'asked' | 'decided' };

export async function decideOnChain(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<Decided>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const read = form.safeParse(input);
  if (!read.success) return refuse('form-invalid', 'There is no such chain or decision.');
  const { chain, kind } = read.data;
  const { family, name } = chainFacts(chain);
  if (kind === 'read-anew' && family === 'solana')
    return refuse('form-invalid', `${name} keeps no blocks that could be read anew.`);
  return inTransaction(context.db, async (tx): Promise<Result<Decided>> => {
    await lockNamed(tx, `decision on ${chain} ${kind}`);
    const hold = await heldBy(tx, chain);
    if (!hold) return refuse('chain-not-held', `${name} does not stand still.`);
    if (kind === 'go-on') {
      const places = await placesToCompare(tx, chain, hold.heldAt);
      if (places.length > 0)
        return refuse(
          'books-not-compared',
          `Compare ${places.join(', ')} first, in Reconciliation: nobody knows yet whether books and chain agree since it stands still.`,
        );
    }
    const at = context.clock();
    const decision = { chain, kind };
    const open = await openDecision(tx, kind, hold, at);
    if (!open) {
      const id = randomUUID();
      const data = { id, holdId: hold.id, kind, firstBy: actor.personId, firstAt: at };
      await tx.chainDecision.create({ data });
      await note(tx, 'chain-decision-asked', decision, { by: actor.personId, hold, at });
      return ok({ state: 'asked' });
    }
    if (open.firstBy === actor.personId)
      return refuse('same-person', 'You have asked for it. Somebody else has to agree.');
    await tx.chainDecision.update({
      where: { id: open.id },
      data: { secondBy: actor.personId, secondAt: at },
    });
    await note(tx, 'chain-decided', decision, { by: actor.personId, hold, at });
    return ok({ state: 'decided' });
  });
}

async function heldBy(tx: Tx, chain: string): Promise<AssetHold | null> {
  const holds = await standingHolds(tx);
  return holds.find((hold) => hold.chain === chain && hold.asset === null) ?? null;
}

/** Said by one person about this hold, and not too long ago. */
const openDecision = (tx: Tx, kind: ChainDecisionKind, { id: holdId }: AssetHold, at: Date) =>
  tx.chainDecision.findFirst({
    where: {
      holdId,
      kind,
      secondBy: null,
      firstAt: { gte: new Date(at.getTime() - decisionWaitsMs), lte: at },
    },
    orderBy: { firstAt: 'desc' },
  });

async function note(
  tx: Tx,
  audited: 'chain-decision-asked' | 'chain-decided',
  { chain, kind }: { chain: string; kind: ChainDecisionKind },
  { by, hold, at }: { by: string; hold: AssetHold; at: Date },
): Promise<void> {
  await appendAudit(tx, {
    kind: audited,
    subject: chain,
    actor: by,
    at,
    facts: { kind, incident: hold.incident },
  });
  await publish(tx, { topic: 'alarms', id: null });
}
