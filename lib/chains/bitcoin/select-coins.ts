/**
 * Which of an account's coins a payment spends: the largest first, and as few as do. That keeps the fee and
 * the number of signatures low, and the same coins give the same choice. An account is one client's, so there is
 * nobody whose payments it could be better to keep apart.
 */
import { feeAt, replacementFee, type Replaced } from './fees.ts';
import { inputsMax } from './limits.ts';
import { dustLimit, type AccountKind } from './script.ts';
import { virtualBytes } from './virtual-size.ts';

/** Refusals that a person must understand. */
export type SelectionRefusal = 'insufficient-funds' | 'fee-above-bound' | 'too-many-inputs';

export type Coin = { txid: string; vout: number; amount: bigint };

export type SelectionAsk<C extends Coin> = {
  kind: AccountKind;
  coins: readonly C[];
  /** Spent in any case and before all others; null for none. */
  first: C | null;
  amount: bigint;
  /** Lengths in bytes. */
  recipientScript: number;
  changeScript: number;
  /** Satoshi per 1,000 virtual bytes. */
  rate: bigint;
  highestFee: bigint;
  replaced: Replaced | null;
};

export type Selection<C extends Coin> =
  | { ok: true; coins: C[]; fee: bigint; change: bigint }
  | { ok: false; refusal: SelectionRefusal };

const outpointOf = ({ txid, vout }: Coin): string => `${txid}:${String(vout).padStart(10, '0')}`;

function inOrder<C extends Coin>(first: C | null, coins: readonly C[]): C[] {
  const others = coins.filter((coin) => coin !== first);
  others.sort((left, right) => {
    if (left.amount !== right.amount) return left.amount > right.amount ? -1 : 1;
    return outpointOf(left) < outpointOf(right) ? -1 : 1;
  });
  return first ? [first, ...others] : others;
}

/** Fee and change for a number of coins; null where they don't suffice. Change that is dust goes to the fee. */
function settle<C extends Coin>(
  ask: SelectionAsk<C>,
  inputs: number,
  total: bigint,
): { fee: bigint; change: bigint } | null {
  const leastFee = (outputs: number[]): bigint => {
    const size = virtualBytes({ kind: ask.kind, inputs, outputs });
    const fee = feeAt(ask.rate, size);
    const floor = ask.replaced ? replacementFee(ask.replaced, size) : 0n;
    return fee > floor ? fee : floor;
  };
  const rest = total - ask.amount;
  const fee = leastFee([ask.recipientScript, ask.changeScript]);
  if (rest - fee >= dustLimit[ask.kind]) return { fee, change: rest - fee };
  return rest >= leastFee([ask.recipientScript]) ? { fee: rest, change: 0n } : null;
}

/** @param ask amount and rate above zero; coins of one account, none twice. */
export function selectCoins<C extends Coin>(ask: SelectionAsk<C>): Selection<C> {
  const ordered = inOrder(ask.first, ask.coins);
  const most = inputsMax[ask.kind];
  let total = 0n;
  let isEnough = false;
  for (const [at, coin] of ordered.slice(0, most).entries()) {
    total += coin.amount;
    const settled = settle(ask, at + 1, total);
    if (!settled) continue;
    isEnough = true;
    // One more coin can leave change worth having, where the rest was dust and made the fee too high.
    if (settled.fee <= ask.highestFee)
      return { ok: true, coins: ordered.slice(0, at + 1), ...settled };
  }
  if (isEnough) return { ok: false, refusal: 'fee-above-bound' };
  const all = ordered.reduce((sum, { amount }) => sum + amount, 0n);
  const isCapped = ordered.length > most && all > ask.amount;
  return { ok: false, refusal: isCapped ? 'too-many-inputs' : 'insufficient-funds' };
}
