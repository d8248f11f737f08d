/** How much gas a transfer may use, from what a node expects it to. Pure. */
import { ETHER_GAS_MAX, GAS_MIN, TOKEN_GAS_MAX } from './limits.ts';

export type GasLimitChoice =
  | { ok: true; gasLimit: bigint }
  /** It would need more than a transfer may: the recipient or the token does something of its own. */
  | { ok: false; refusal: 'gas-above-bound' };

/** A fifth more, because a token's bookkeeping may cost more a few blocks later. */
const ROOM = { numerator: 6n, denominator: 5n } as const;

/** @param estimate of `eth_estimateGas`. Ether to a plain account costs the minimum, exactly. */
export function chooseGasLimit(estimate: bigint, asset: 'ether' | 'token'): GasLimitChoice {
  if (asset === 'ether' && estimate === GAS_MIN) return { ok: true, gasLimit: GAS_MIN };
  const bound = asset === 'ether' ? ETHER_GAS_MAX : TOKEN_GAS_MAX;
  if (estimate > bound) return { ok: false, refusal: 'gas-above-bound' };
  const wanted = (estimate * ROOM.numerator) / ROOM.denominator;
  const atLeast = wanted > GAS_MIN ? wanted : GAS_MIN;
  return { ok: true, gasLimit: atLeast < bound ? atLeast : bound };
}
