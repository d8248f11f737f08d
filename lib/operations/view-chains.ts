/** What the nodes of every served chain say now, for people who wait for one. */
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { sharedAnswer } from '#lib/platform/shared-answer.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { holdSentence, standingHolds, type AssetHold } from './asset-hold.ts';
import { lagMaxOf, openDoors, type ServedNodes } from './chain-doors.ts';
import { askChain, type ChainStatus } from './chain-status.ts';
import {
  chainDecisionKinds,
  decisionWaitsMs,
  type ChainDecisionKind,
} from './chain-decision-kinds.ts';
import { undoneSentence, undoneSettlements, type Undone } from './undone-settlements.ts';

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

export type DecisionView = {
  kind: ChainDecisionKind;
  /** Whoever has asked for it and waits for a second person. */
  asked: { by: string; at: string } | null;
};

export type PassedOver = { chain: string; passedBlocks: bigint; passedHeight: bigint | null };

export type ChainsView = { chains: ChainView[]; at: string };

type Asked = { chain: string; kind: string; by: string; at: string };

/** Nodes are asked at most so often, however many look. */
const keptMs = 2_000;

export const askServed = (
  served: readonly ServedNodes[],
  holds: readonly AssetHold[],
  undone: readonly Undone[] = [],
  passed: readonly PassedOver[] = [],
  asked: readonly Asked[] = [],
): Promise<ChainView[]> =>
  Promise.all(
    served.map(async ({ facts, doors }) => ({
      chain: facts.chain,
      confirmations: facts.confirmations,
      held: [
        ...holds.filter(({ chain }) => chain === facts.chain).map(holdSentence),
        ...sentencesOf(undone.filter(({ chain }) => chain === facts.chain)),
      ],
      decisions: holds.some(({ chain, asset }) => chain === facts.chain && asset === null)
        ? decisionsOn(facts, asked)
        : [],
      missed: passed.filter(({ chain }) => chain === facts.chain).map(passedSentence),
      ...(await askChain(doors, lagMaxOf[facts.family])),
    })),
  );

const decisionsOn = ({ chain, family }: ChainFacts, asked: readonly Asked[]): DecisionView[] =>
  chainDecisionKinds
    .filter((kind) => kind === 'go-on' || family !== 'solana')
    .map((kind) => {
      const found = asked.find((one) => one.chain === chain && one.kind === kind);
      return { kind, asked: found ? { by: found.by, at: found.at } : null };
    });

/** What waits for a second person, the newest first. */
async function askedFor({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Asked[]> {
  const rows = await db.chainDecision.findMany({
    where: { secondBy: null, firstAt: { gte: new Date(clock().getTime() - decisionWaitsMs) } },
    orderBy: { firstAt: 'desc' },
    select: {
      kind: true,
      firstAt: true,
      hold: { select: { chain: true } },
      firstBy: true,
    },
    take: 100,
  });
  const nameOf = await operatorNames(db);
  return rows.map(({ kind, firstAt, hold, firstBy }) => ({
    chain: hold.chain,
    kind,
    by: nameOf(firstBy),
    at: firstAt.toISOString(),
  }));
}

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
  return {
    chains: await askServed(served, holds, undone, passed, await askedFor(context)),
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
