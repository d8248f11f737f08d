/** Decides about a chain as somebody does on the page, and checks it as the worker does, for tests. */
import { randomUUID } from 'node:crypto';
import { chainFacts } from '#lib/chains/registry.ts';
import { chainDecisionProof } from '#scripts/worker/proofs.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import { standingHolds } from '../asset-hold.ts';
import { prepareChainDecision } from '../prepare-chain-decision.ts';
import { submitChainDecision, type SaidOfChain } from '../submit-chain-decision.ts';
import { viewDecisions } from '../view-decisions.ts';
import { ProvenChainDecisions } from '../worker/prove-chain-decisions.ts';
import type { Founder } from './after-genesis.ts';

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
    foundAt: decision?.foundAt ?? null,
    decision: decision?.asked?.id ?? null,
    places: kind === 'go-on-uncompared' ? (decision?.places ?? []).map(({ words }) => words) : [],
  };
}

/** From the button to the record, with the person's key pressed in between. */
export async function signDecision(
  { actor, key }: Founder,
  form: object,
  context: Context,
): Promise<Result<SaidOfChain>> {
  const prepared = await prepareChainDecision(actor, form, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitChainDecision(actor, { nonce, assertion }, context);
}

export const decideAsShown = async (
  person: Founder,
  of: Of,
  context: Context,
): Promise<Result<SaidOfChain>> => signDecision(person, await formAsShown(of, context), context);

/** A look of the worker as it starts, by its own role: the roster has to name whoever signed. */
export const proveDecisions = ({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> =>
  new ProvenChainDecisions({
    db,
    clock,
    isDecisionProved: chainDecisionProof({ db, clock }),
  }).look();
