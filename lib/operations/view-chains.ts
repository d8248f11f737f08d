/** What the nodes of every served chain say now, for people who wait for one. */
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { sharedAnswer } from '#lib/platform/shared-answer.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { holdSentences, standingHolds, type AssetHold } from './asset-hold.ts';
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

export type Answer = {
  facts: Pick<ChainFacts, 'chain' | 'family' | 'confirmations'>;
  status: ChainStatus;
};

export const askNodes = (served: readonly ServedNodes[]): Promise<Answer[]> =>
  Promise.all(
    served.map(async ({ facts, doors }) => ({
      facts,
      status: await askChain(doors, lagMaxOf[facts.family]),
    })),
  );

type OnRecord = {
  holds: readonly AssetHold[];
  undone: readonly Undone[];
  passed: readonly PassedOver[];
  decisions: ReadonlyMap<string, DecisionView[]>;
};

/** Pure. */
export const chainView = (
  { facts: { chain, confirmations }, status }: Answer,
  { holds, undone, passed, decisions }: OnRecord,
): ChainView => ({
  chain,
  confirmations,
  held: [
    ...holdSentences(holds.filter((hold) => hold.chain === chain)),
    ...sentencesOf(undone.filter((one) => one.chain === chain)),
  ],
  decisions: decisions.get(chain) ?? [],
  missed: passed.filter((one) => one.chain === chain).map(passedSentence),
  ...status,
});

function sentencesOf(undone: readonly Undone[]): string[] {
  const sentence = undoneSentence(undone);
  return sentence === null ? [] : [sentence];
}

const passedSentence = ({ passedBlocks, passedHeight }: PassedOver): string =>
  `More tokens outside the registry said that something came than are read, in ${passedBlocks === 1n ? 'one block' : `${passedBlocks} blocks`}, ${passedHeight ?? ''} the newest. What lies there of those that were passed over is not in the books until they say something again.`;

let served: readonly ServedNodes[] | null = null;

type Asked = { answers: readonly Answer[]; at: string };

const askOnce = sharedAnswer(async (): Promise<Asked> => {
  const context = webContext();
  served ??= openDoors(context);
  return { answers: await askNodes(served), at: context.clock().toISOString() };
}, keptMs);

/**
 * Nodes' answers are shared for a moment; what stands on record is read each time, so that whoever has just decided
 * about a chain sees it.
 */
export async function viewChains(
  actor: Actor,
  context: Pick<Context, 'db' | 'clock'> = webContext(),
  ask: () => Promise<Asked> = askOnce,
): Promise<Result<ChainsView & { mayDecide: boolean }>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const { answers, at } = await ask();
  const { db } = context;
  const holds = await standingHolds(db);
  const facts = answers.map((answer) => answer.facts);
  const onRecord = {
    holds,
    undone: await undoneSettlements(db),
    passed: await db.tokenScan.findMany({ where: { passedBlocks: { gt: 0 } } }),
    decisions: await viewDecisions(facts, holds, { ...context, reader: actor.personId }),
  };
  return ok({
    chains: answers.map((answer) => chainView(answer, onRecord)),
    at,
    mayDecide: actor.scopes.has('operation:decide'),
  });
}
