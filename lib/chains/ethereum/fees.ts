/**
 * What a transfer offers for gas, in wei. The base fee is burned and moves by at most an eighth per
 * block (EIP-1559); the priority fee goes to whoever makes the block. Pure.
 */

export type GasPrice = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };

/** What `eth_feeHistory` tells, in wei. */
export type FeeMarket = {
  /** Oldest first; the last one is the next block's. */
  baseFees: readonly bigint[];
  /** What a modest transaction paid as priority fee, block by block. */
  priorityFees: readonly bigint[];
};

export type FeeRefusal =
  /** The highest fee that the intent allows buys no place in the next block. */
  | 'fee-bound-below-market'
  /** The node takes a replacement only for more than the intent allows. */
  | 'replacement-above-bound';

export type FeeChoice = { ok: true; price: GasPrice } | { ok: false; refusal: FeeRefusal };

/** A hundredth of a gwei: less is not worth a block maker's while even where nothing is going on. */
const PRIORITY_MIN = 10_000_000n;
/** Three gwei: history can be driven up by whoever pays for it, and a transfer can wait. */
const PRIORITY_MAX = 3_000_000_000n;
/** Twice the base fee outlasts six full blocks: (9/8)^6 is 2.03. */
const BASE_FEE_FACTOR = 2n;
/** Nodes take a replacement for a tenth more in both fees; see `--txpool.pricebump` of geth. */
const BUMP = { numerator: 110n, denominator: 100n } as const;

/**
 * The price for a first try.
 * @param bound wei per unit of gas at most: the intent's highest fee by the gas limit, rounded down.
 * @throws RangeError on an empty market: a broken invariant, the reader of answers refuses one.
 */
export function chooseFees(market: FeeMarket, bound: bigint): FeeChoice {
  const next = nextBaseFee(market);
  const priority = priorityOf(market);
  // Less priority before none of the intent: a place in the block is what counts.
  const least = next + PRIORITY_MIN;
  if (bound < least) return { ok: false, refusal: 'fee-bound-below-market' };
  const maxFeePerGas = smaller(next * BASE_FEE_FACTOR + priority, bound);
  const maxPriorityFeePerGas = smaller(priority, maxFeePerGas - next);
  return { ok: true, price: { maxFeePerGas, maxPriorityFeePerGas } };
}

/**
 * The price for taking the place of a transaction that does not move: both fees at least a tenth
 * higher, more where the market has moved. Nonce, recipient and amount stay what they were; they are
 * not this function's to change.
 */
export function replacementFees(previous: GasPrice, market: FeeMarket, bound: bigint): FeeChoice {
  const priority = larger(bumped(previous.maxPriorityFeePerGas), priorityOf(market));
  const floor = larger(bumped(previous.maxFeePerGas), priority);
  if (floor > bound) return { ok: false, refusal: 'replacement-above-bound' };
  if (nextBaseFee(market) + PRIORITY_MIN > bound)
    return { ok: false, refusal: 'fee-bound-below-market' };
  const wanted = nextBaseFee(market) * BASE_FEE_FACTOR + priority;
  return {
    ok: true,
    price: {
      maxFeePerGas: smaller(larger(floor, wanted), bound),
      maxPriorityFeePerGas: priority,
    },
  };
}

/** The bound per unit of gas that a highest fee leaves. */
export const boundPerGas = (highestFee: bigint, gasLimit: bigint): bigint => highestFee / gasLimit;

function nextBaseFee({ baseFees }: FeeMarket): bigint {
  const next = baseFees.at(-1);
  if (next === undefined) throw new RangeError('A fee market has at least the next base fee');
  return next;
}

/** The middle one, within bounds, so that one block's oddity does not set the price. */
function priorityOf({ priorityFees }: FeeMarket): bigint {
  const sorted = priorityFees.toSorted((one, two) => (one < two ? -1 : one > two ? 1 : 0));
  const middle = sorted[Math.floor(sorted.length / 2)] ?? PRIORITY_MIN;
  return smaller(larger(middle, PRIORITY_MIN), PRIORITY_MAX);
}

/** A tenth more, rounded up, and at least one more. */
const bumped = (fee: bigint): bigint =>
  larger((fee * BUMP.numerator + BUMP.denominator - 1n) / BUMP.denominator, fee + 1n);

const smaller = (one: bigint, two: bigint): bigint => (one < two ? one : two);
const larger = (one: bigint, two: bigint): bigint => (one > two ? one : two);
