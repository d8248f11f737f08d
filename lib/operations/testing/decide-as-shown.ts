/** Decides about a chain as somebody does on the page, for tests. */
import { randomUUID } from 'node:crypto';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { standingHolds } from '../asset-hold.ts';
import { decideOnChain } from '../decide-on-chain.ts';
import { viewDecisions } from '../view-decisions.ts';

type Of = { chain: string; kind: string };

/** What the page would send now; where it offers nothing of the kind, an id that nothing has. */
export async function formAsShown({ chain, kind }: Of, context: Context) {
  const holds = await standingHolds(context.db);
  const shown = await viewDecisions([chainFacts(chain)], holds, context);
  const decision = shown.get(chain)?.find((one) => one.kind === kind);
  return {
    chain,
    kind,
    hold: decision?.hold ?? randomUUID(),
    decision: decision?.asked?.id ?? null,
    places: kind === 'go-on-uncompared' ? (decision?.places ?? []).map(({ words }) => words) : [],
  };
}

export const decideAsShown = async (actor: Actor, of: Of, context: Context) =>
  decideOnChain(actor, await formAsShown(of, context), context);
