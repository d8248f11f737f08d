/** Why bytes are not built. All of these are checked earlier, so each is a broken invariant. */
export type BuildFault =
  | 'not-an-ethereum-chain'
  | 'not-an-address'
  | 'recipient-is-token'
  | 'amount-out-of-range'
  | 'nonce-out-of-range'
  | 'gas-out-of-range'
  | 'fee-out-of-range';

export class EthereumBuildError extends Error {
  override name = 'EthereumBuildError';
  readonly fault: BuildFault;

  constructor(fault: BuildFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}
