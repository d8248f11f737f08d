/** Why a message is not built. All of these are checked earlier, so each is a broken invariant. */
export type BuildFault =
  | 'not-an-address'
  | 'not-a-nonce-value'
  | 'same-account-twice'
  | 'amount-out-of-range'
  | 'memo-not-plain'
  | 'seed-not-plain';

export class SolanaBuildError extends Error {
  override name = 'SolanaBuildError';
  readonly fault: BuildFault;

  constructor(fault: BuildFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}
