/** Bitcoin Core's words of refusal as names. */
import type { SendRefusal } from './source.ts';

const DESERIALIZATION = -22;
const TRANSACTION_ERROR = -25;
const REJECTED = -26;
const ALREADY_IN_CHAIN = -27;

const words: readonly [RegExp, SendRefusal][] = [
  [/^(?:bad-txns-inputs-missingorspent|missing-inputs|missing inputs)/i, 'inputs-missing-or-spent'],
  [/^txn-mempool-conflict/, 'conflict'],
  [/^insufficient fee/, 'replacement-fee-too-low'],
  [/^(?:min relay fee not met|mempool min fee not met)/, 'fee-too-low'],
  [/^(?:fee exceeds maximum|max-fee-exceeded|absurdly-high-fee)/i, 'fee-too-high'],
  [/^dust/, 'dust'],
  [
    /^(?:mandatory-script-verify|non-mandatory-script-verify|mempool-script-verify)/,
    'bad-signature',
  ],
  [/^(?:non-final|non-BIP68-final)/, 'not-final'],
];

export type ReadRefusal =
  /** The network has it, waiting or in a block. */
  | { kind: 'known' }
  | { kind: 'refused'; refusal: SendRefusal }
  /** The node's trouble, which says nothing about the transaction. */
  | { kind: 'unsaid' };

/** @param code Core's error code. @param said its message. */
export function readRefusal(code: number | null, said: string): ReadRefusal {
  if (code === ALREADY_IN_CHAIN || /^txn-(?:already-|same-)/.test(said)) return { kind: 'known' };
  if (code === DESERIALIZATION) return { kind: 'refused', refusal: 'not-accepted' };
  if (code !== TRANSACTION_ERROR && code !== REJECTED) return { kind: 'unsaid' };
  return {
    kind: 'refused',
    refusal: words.find(([shape]) => shape.test(said))?.[1] ?? 'not-accepted',
  };
}
