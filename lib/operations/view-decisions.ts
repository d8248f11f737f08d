/** What two people can decide about the chains that stand still, and what they have to know before. */
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { AssetHold } from './asset-hold.ts';
import { chainDecisionKinds, type ChainDecisionKind } from './chain-decision-kinds.ts';
import {
  findOpenDecision,
  findReadAnew,
  findSigned,
  heldChain,
  holdFor,
  isBeingChecked,
  type HeldChain,
} from './held-chain.ts';

export type DecisionView = {
  kind: ChainDecisionKind;
  /** Id of what it is about. */
  hold: string;
  /** When what is known of the chain changed last; null where nothing was ever taken back or read anew. */
  foundAt: string | null;
  /** What was not compared and is a matter of this decision, with when it was compared last. */
  places: { words: string; comparedAt: string }[];
  /** Whoever has asked for it and waits for a second person, and what they leave out. */
  asked: { id: string; by: string; at: string; places: string[]; isOwn: boolean } | null;
  /**
   * When two people signed it that the worker has not found proved; `isChecked` while it is about to look, `isEnded` where a
   * key that signed it counts no more.
   */
  signed: { at: string; isChecked: boolean; isEnded: boolean } | null;
};

/** `reader` is the person who looks; nobody's words are their own where it is left out. */
type Needs = Pick<Context, 'db' | 'clock'> & { reader?: string };

/** By chain; nothing of those that do not stand still. */
export async function viewDecisions(
  served: readonly Pick<ChainFacts, 'chain' | 'family'>[],
  holds: readonly AssetHold[],
  context: Needs,
): Promise<ReadonlyMap<string, DecisionView[]>> {
  const found = new Map<string, DecisionView[]>();
  for (const facts of served) {
    const held = await heldChain(context.db, facts.chain, holds);
    if (held) found.set(facts.chain, await decisionsOn(facts, held, context));
  }
  return found;
}

async function decisionsOn(
  { family }: Pick<ChainFacts, 'family'>,
  held: HeldChain,
  { db, clock, reader }: Needs,
): Promise<DecisionView[]> {
  const at = clock();
  const nameOf = await operatorNames(db);
  const views: DecisionView[] = [];
  for (const kind of chainDecisionKinds) {
    const hold = holdFor(kind, held);
    if (!hold || (kind === 'go-on-uncompared' && held.places.length === 0)) continue;
    const isDone = kind === 'read-anew' && (await findReadAnew(db, [hold.id], at)) !== null;
    if (kind === 'read-anew' && (family === 'solana' || isDone)) continue;
    const asked = await findOpenDecision(db, kind, held, at);
    const signed = await findSigned(db, kind, held, at);
    views.push({
      kind,
      hold: hold.id,
      foundAt: held.changedAt?.toISOString() ?? null,
      places: (kind === 'read-anew' ? [] : held.places).map(({ words, comparedAt }) => ({
        words,
        comparedAt: comparedAt.toISOString(),
      })),
      asked: asked && {
        id: asked.id,
        by: nameOf(asked.firstBy),
        at: asked.firstAt.toISOString(),
        places: asked.places,
        isOwn: asked.firstBy === reader,
      },
      signed: signed && {
        at: signed.at.toISOString(),
        isChecked: isBeingChecked(signed, at),
        isEnded: signed.isEnded,
      },
    });
  }
  return views;
}
