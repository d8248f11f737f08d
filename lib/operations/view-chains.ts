/** What the nodes of every served chain say now, for people who wait for one. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { sharedAnswer } from '#lib/platform/shared-answer.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { holdSentence, standingHolds, type AssetHold } from './asset-hold.ts';
import { lagMaxOf, openDoors, type ServedNodes } from './chain-doors.ts';
import { askChain, type ChainStatus } from './chain-status.ts';
import { undoneSentence, undoneSettlements, type Undone } from './undone-settlements.ts';
import { viewDecisions, type DecisionView } from './view-decisions.ts';

export type ChainView = ChainStatus & {
  chain: string;
  /** Blocks until something counts as final; null where the chain itself says so. */
  confirmations: number | null;
  /** What stands still on it and why, as sentences. */
  held: string[];
  /** What is not watched whole there, as sentences. */
  missed: string[];
  /** What people can decide while it stands still. */
  decisions: DecisionView[];
};

export type PassedOver = { chain: string; passedBlocks: bigint; passedHeight: bigint | null };

export type ChainsView = { chains: ChainView[]; at: string };

/** Nodes are asked at most so often, however many look. */
const keptMs = 2_000;

export const askServed = (
  served: readonly ServedNodes[],
  holds: readonly AssetHold[],
  undone: readonly Undone[] = [],
  passed: readonly PassedOver[] = [],
  decisions: ReadonlyMap<string, DecisionView[]> = new Map(),
): Promise<ChainView[]> =>
  Promise.all(
    served.map(async ({ facts, doors }) => ({
      chain: facts.chain,
      confirmations: facts.confirmations,
      held: [
        ...holds.filter(({ chain }) => chain === facts.chain).map(holdSentence),
        ...sentencesOf(undone.filter(({ chain }) => chain === facts.chain)),
      ],
      decisions: decisions.get(facts.chain) ?? [],
      missed: passed.filter(({ chain }) => chain === facts.chain).map(passedSentence),
      ...(await askChain(doors, lagMaxOf[facts.family])),
    })),
  );

function sentencesOf(undone: readonly Undone[]): string[] {
  const sentence = undoneSentence(undone);
  return sentence === null ? [] : [sentence];
}

const passedSentence = ({ passedBlocks, passedHeight }: PassedOver): string =>
  `More tokens outside the registry said that something came than are read, in ${passedBlocks === 1n ? 'one block' : `${passedBlocks} blocks`}, ${passedHeight ?? ''} the newest. What lies there of those that were passed over is not in the books until they say something again.`;

let served: readonly ServedNodes[] | null = null;

const askOnce = sharedAnswer(async (): Promise<ChainsView> => {
  const context = webContext();
  served ??= openDoors(context);
  const holds = await standingHolds(context.db);
  const undone = await undoneSettlements(context.db);
  const passed = await context.db.tokenScan.findMany({ where: { passedBlocks: { gt: 0 } } });
  const facts = served.map((one) => one.facts);
  const decisions = await viewDecisions(facts, holds, context);
  return {
    chains: await askServed(served, holds, undone, passed, decisions),
    at: context.clock().toISOString(),
  };
}, keptMs);

export async function viewChains(
  actor: Actor,
  ask: () => Promise<ChainsView> = askOnce,
): Promise<Result<ChainsView & { mayDecide: boolean }>> {
  const refused = lacksScope(actor, 'vault:read');
  return refused ?? ok({ ...(await ask()), mayDecide: actor.scopes.has('operation:decide') });
}
