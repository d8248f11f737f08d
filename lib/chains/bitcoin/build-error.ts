/**
 * Why a payment is not built. People's mistakes were refused earlier; what remains is a broken invariant, or
 * a node that contradicts itself.
 */
export type BuildFault =
  | 'not-an-address'
  | 'recipient-is-own-account'
  | 'rate-out-of-range'
  | 'coin-out-of-range'
  | 'same-coin-twice'
  | 'previous-transaction-missing'
  | 'previous-transaction-differs'
  | 'replaced-differs';

export class BitcoinBuildError extends Error {
  override name = 'BitcoinBuildError';
  readonly fault: BuildFault;

  constructor(fault: BuildFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}
