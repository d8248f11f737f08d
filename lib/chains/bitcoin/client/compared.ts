/**
 * Two sources asked the same. Where they disagree nobody guesses which is right: both answers come
 * back by name, and whoever asked holds.
 */
import type { Outpoint } from '../conflict-key.ts';
import { BitcoinNodeError, type NodeFault } from './node-error.ts';
import { sendAndSettle } from './send.ts';
import type {
  BitcoinSource,
  BlockRef,
  Coins,
  HistoryEntry,
  HistoryPage,
  KnownTransaction,
  SendOutcome,
  Spending,
  Utxo,
} from './source.ts';

export type Compared<T> =
  | { verdict: 'agree'; value: T }
  | { verdict: 'disagree'; first: T; second: T }
  | { verdict: 'one-away'; value: T; away: 'first' | 'second'; fault: NodeFault };

/**
 * Asks both at once.
 * @throws BitcoinNodeError of the first when both are away; and whichever says something untrue or is
 * of another chain: that is no absence.
 */
export async function compare<T>(
  first: BitcoinSource,
  second: BitcoinSource,
  ask: (source: BitcoinSource) => Promise<T>,
  isSame: (first: T, second: T) => boolean,
): Promise<Compared<T>> {
  const [one, two] = await Promise.all([answerOf(first, ask), answerOf(second, ask)]);
  for (const { error } of [one, two]) if (error && isGrave(error)) throw error;
  if (one.error) {
    if (two.error) throw one.error;
    return { verdict: 'one-away', value: two.value, away: 'first', fault: one.error.fault };
  }
  if (two.error)
    return { verdict: 'one-away', value: one.value, away: 'second', fault: two.error.fault };
  return isSame(one.value, two.value)
    ? { verdict: 'agree', value: one.value }
    : { verdict: 'disagree', first: one.value, second: two.value };
}

type Answer<T> = { value: T; error: null } | { error: BitcoinNodeError };

async function answerOf<T>(
  source: BitcoinSource,
  ask: (source: BitcoinSource) => Promise<T>,
): Promise<Answer<T>> {
  try {
    return { value: await ask(source), error: null };
  } catch (error) {
    if (error instanceof BitcoinNodeError) return { error };
    throw error;
  }
}

const isGrave = ({ fault }: BitcoinNodeError): boolean =>
  fault === 'node-answer-untrue' || fault === 'node-other-chain';

const sameBlock = (one: BlockRef | null, two: BlockRef | null): boolean =>
  one?.height === two?.height && one?.hash === two?.hash;

/** The tips, which agree when the higher one's chain has the lower one's block in it. */
export async function compareTips(
  first: BitcoinSource,
  second: BitcoinSource,
  lagMax: number,
): Promise<Compared<BlockRef>> {
  const tips = await compare(first, second, (source) => source.tip(), sameBlock);
  if (tips.verdict !== 'disagree') return tips;
  const [lower, ahead] =
    tips.first.height <= tips.second.height ? [tips.first, second] : [tips.second, first];
  const lag = Math.abs(tips.first.height - tips.second.height);
  if (lag > lagMax || (await ahead.blockHash(lower.height)) !== lower.hash) return tips;
  // What both have seen.
  return { verdict: 'agree', value: lower };
}

/** What an address can spend from blocks; what waits differs from node to node and is left out. */
export function compareCoins(
  first: BitcoinSource,
  second: BitcoinSource,
  address: string,
): Promise<Compared<Coins>> {
  const confirmed = async (source: BitcoinSource): Promise<Coins> => {
    const { coins, isWhole } = await source.coins(address);
    return { coins: coins.filter(({ block }) => block !== null), isWhole };
  };
  return compare(
    first,
    second,
    confirmed,
    (one, two) =>
      one.isWhole === two.isWhole && same(one.coins.map(utxoText), two.coins.map(utxoText)),
  );
}

const utxoText = ({ txid, vout, amount, block }: Utxo): string =>
  [txid, vout, amount, block?.height, block?.hash].join(':');

/** A transaction's place. Its bytes need no comparison: each source has checked them by their hash. */
export const compareTransaction = (
  first: BitcoinSource,
  second: BitcoinSource,
  txid: string,
): Promise<Compared<KnownTransaction | null>> =>
  compare(
    first,
    second,
    (source) => source.transaction(txid),
    (one, two) =>
      (one === null) === (two === null) && sameBlock(one?.block ?? null, two?.block ?? null),
  );

/** What spends an output, and in which block; each source has read the spender's bytes. */
export const compareSpending = (
  first: BitcoinSource,
  second: BitcoinSource,
  outpoint: Outpoint,
): Promise<Compared<Spending>> =>
  compare(
    first,
    second,
    (source) => source.spending(outpoint),
    (one, two) => spendingText(one) === spendingText(two),
  );

const spendingText = (spending: Spending): string =>
  spending.state === 'spent' ? `${spending.by.txid} ${spending.by.block.hash}` : spending.state;

export const compareBlockHash = (
  first: BitcoinSource,
  second: BitcoinSource,
  height: number,
): Promise<Compared<string | null>> =>
  compare(first, second, (source) => source.blockHash(height), Object.is);

/** Everything an address received in blocks from a height on. @throws as `wholeHistory`. */
export function compareHistories(
  first: BitcoinSource,
  second: BitcoinSource,
  address: string,
  from: number,
): Promise<Compared<HistoryEntry[]>> {
  const confirmed = async (source: BitcoinSource): Promise<HistoryEntry[]> =>
    (await wholeHistory(source, address, from)).filter(({ block }) => block !== null);
  return compare(first, second, confirmed, (one, two) =>
    same(one.map(entryText), two.map(entryText)),
  );
}

const entryText = ({ txid, block, received }: HistoryEntry): string =>
  [txid, block?.hash, ...received.map(({ vout, amount }) => `${vout}=${amount}`)].join(':');

const same = (one: readonly string[], two: readonly string[]): boolean =>
  one.length === two.length && one.toSorted().join(' ') === two.toSorted().join(' ');

const PAGES_MAX = 400;

/** Every page of a history, newest first. @throws BitcoinNodeError `node-bad-answer` when it never ends. */
export async function wholeHistory(
  source: BitcoinSource,
  address: string,
  from: number,
): Promise<HistoryEntry[]> {
  const all: HistoryEntry[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page: HistoryPage = await source.history(address, { from, cursor });
    all.push(...page.entries);
    if (page.next === null) return all;
    cursor = page.next;
  }
  throw new BitcoinNodeError('node-bad-answer', 'history', 'more pages than can be walked');
}

/**
 * Sends through the first, and through the second where the first did not take it. Taken by one is
 * taken; refused only when both refuse.
 */
export async function sendThroughBoth(
  first: BitcoinSource,
  second: BitcoinSource,
  raw: Uint8Array,
): Promise<SendOutcome> {
  const one = await sendAndSettle(first, raw);
  if (one.outcome === 'accepted') return one;
  const two = await sendAndSettle(second, raw);
  if (two.outcome === 'accepted') return two;
  // One that said nothing may have it: then it is not known to be refused.
  return one.outcome === 'unknown' ? one : two;
}
