/** Whether this person may say this about a chain that stands still: asked before a key is pressed, and once more after. */
import { chainFacts } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { lockHold, standingHolds, type AssetHold } from './asset-hold.ts';
import type { ChainDecisionKind } from './chain-decision-kinds.ts';
import { notAsRead, notCompared, wordsOf } from './chain-decision-rules.ts';
import {
  findOpenDecision,
  findReadAnew,
  findSigned,
  heldChain,
  holdFor,
  isBeingChecked,
  type HeldChain,
  type OpenDecision,
} from './held-chain.ts';

export type AskedOfChain = {
  chain: string;
  kind: ChainDecisionKind;
  /** The hold that was read. */
  hold: string;
  /** When what is known of the chain changed last, as it was read: ISO 8601. */
  foundAt: string | null;
  /** Whose word waits there, as it was read; null for nobody's. */
  decision: string | null;
  /** Asks whoever else has asked. */
  isBeside: boolean;
};

export type ReadyToDecide = {
  hold: AssetHold;
  foundAt: Date | null;
  /** What waits for a second person; null where this is the first word. */
  open: OpenDecision | null;
  /** What is left out: as the first named it, or all that is not compared now. Empty where nothing is left out. */
  places: readonly string[];
};

/** Holds the lock of the chain's hold until the transaction ends, so that nothing is found in between. */
export async function readyToDecideChain(
  tx: Tx,
  actor: Actor,
  asked: AskedOfChain,
  at: Date,
): Promise<Result<ReadyToDecide>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const { chain, kind } = asked;
  const { family, name } = chainFacts(chain);
  if (kind === 'read-anew' && family === 'solana')
    return refuse('form-invalid', `${name} keeps no blocks that could be read anew.`);
  // What is found meanwhile waits, and stands still by itself afterwards.
  await lockHold(tx, { chain, asset: null, reason: 'chain-reorganised' });
  const held = await heldChain(tx, chain, await standingHolds(tx));
  if (!held) return refuse('chain-not-held', `${name} does not stand still.`);
  const hold = holdFor(kind, held);
  if (!hold)
    return refuse(
      'ground-not-lost',
      `Nobody found the blocks of ${name} gone that were read last, so there is nothing to read anew.`,
    );
  const waiting = await findOpenDecision(tx, kind, held, at);
  const open = asked.isBeside ? null : waiting;
  const missing = wordsOf(held);
  const barred =
    notAsRead(asked, {
      hold: hold.id,
      open: waiting,
      foundAt: held.changedAt,
      by: actor.personId,
    }) ??
    (await waitsForWorker(tx, kind, held, at)) ??
    notCompared(kind, missing, open);
  if (barred) return barred;
  const foundAt = held.changedAt;
  return ok({
    hold,
    foundAt,
    open,
    places: open?.places ?? (kind === 'go-on-uncompared' ? missing : []),
  });
}

/** What two people have signed is the worker's turn first. */
async function waitsForWorker(
  tx: Tx,
  kind: ChainDecisionKind,
  held: HeldChain,
  at: Date,
): Promise<Refused | null> {
  const hold = holdFor(kind, held);
  if (kind === 'read-anew' && hold && (await findReadAnew(tx, [hold.id], at)) !== null)
    return refuse(
      'read-anew-waits',
      'Two people have decided it already; the worker does it within the hour, or not at all.',
    );
  const signed = await findSigned(tx, kind, held, at);
  if (signed && isBeingChecked(signed, at))
    return refuse(
      'decision-checked',
      'Two people have signed it just now, and the worker checks both keys. Load the page again in a moment.',
    );
  return null;
}
