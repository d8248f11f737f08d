/**
 * Measures how long the event loop of a party is not free: while keys are made, the first of them in
 * processes that have just started, and while payments of one coin and of many are signed. The parties
 * here run with a clock of their own, so they are others than those whose signatures are timed.
 */
import { setTimeout } from 'node:timers/promises';
import { drawKey, drawWork, type Work } from './bench-payments.ts';
import { BITCOIN_CAP, benchedSuites, type BenchedSuite } from './bench-suite-maths.ts';
import { signTransaction } from './client/sign-transaction.ts';
import { holdGenesis, must, removeAll, startParties, type Custody } from './testing/custody.ts';
import {
  clockNow,
  longestIn,
  turnClock,
  turnsIn,
  type Longest,
  type Span,
} from './testing/long-turns.ts';

/** Longest turns of any party: one for each key, each payment, each stretch of quiet. */
export type TurnTimes = {
  keyMade: Longest[];
  oneCoin: Longest[];
  /** As many coins as parties sign together. */
  manyCoins: Longest[];
  idle: Longest[];
};

const KEYS = 3;
const PAYMENTS = 20;
const LARGE_PAYMENTS = 6;
const QUIET_MS = 100;
/** What the coins have beyond the amount, in satoshi: above the fee, and less than one coin and the fee. */
const LEFT = 20_000n;

type Spans = Record<keyof TurnTimes, Span[]>;

async function run(custody: Custody, suite: BenchedSuite, signal: AbortSignal): Promise<Spans> {
  const spans: Spans = { keyMade: [], oneCoin: [], manyCoins: [], idle: [] };
  const during = async <T>(list: keyof Spans, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const from = clockNow();
    const result = await work();
    spans[list].push({ from, to: clockNow() });
    return result;
  };
  const keys: string[] = [];
  for (let place = 1; place <= KEYS; place += 1)
    keys.push(await during('keyMade', drawKey(custody, suite, place)));
  const [publicKey] = keys;
  if (publicKey === undefined) throw new Error('A key signs.');
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const draw = drawWork(custody, suite, publicKey);
  const sign = async ({ payment, bundle }: Work): Promise<void> =>
    void must(await signTransaction({ clients, bundle, transaction: payment }));
  for (let turn = 0; turn < PAYMENTS; turn += 1) {
    const work = await draw({ amounts: [120_000n], amount: 90_000n });
    await during('oneCoin', () => sign(work));
    await during('idle', () => setTimeout(QUIET_MS));
  }
  const amounts = Array.from(
    { length: benchedSuites[suite].coinsMax },
    (_, at) => LEFT + BigInt(at),
  );
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  for (let turn = 0; turn < LARGE_PAYMENTS; turn += 1) {
    const work = await draw({ amounts, amount: total - LEFT });
    await during('manyCoins', () => sign(work));
  }
  return spans;
}

/** @throws when aborted; the parties are gone by then. */
export async function benchTurns(suite: BenchedSuite, signal: AbortSignal): Promise<TurnTimes> {
  const custody = await startParties({ rules: { caps: [BITCOIN_CAP] }, env: turnClock });
  try {
    await holdGenesis(custody);
    const spans = await run(custody, suite, signal);
    // What a party writes is complete once it has ended.
    await Promise.all(custody.parties.map((party) => party.stop()));
    const turns = custody.parties.flatMap((party) => turnsIn(party.output()));
    const longest = (list: readonly Span[]): Longest[] =>
      list.map((span) => longestIn(turns, span));
    return {
      keyMade: longest(spans.keyMade),
      oneCoin: longest(spans.oneCoin),
      manyCoins: longest(spans.manyCoins),
      idle: longest(spans.idle),
    };
  } finally {
    await removeAll(custody);
  }
}
