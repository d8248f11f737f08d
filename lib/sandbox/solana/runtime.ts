/**
 * The Solana runtime (litesvm) with a validator's habits around it: a window of recent
 * blockhashes, durable nonces that advance even when the transaction fails, no second execution.
 */
import { address, lamports, type Address } from '@solana/kit';
import { base58 } from '@scure/base';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import type { AccountState } from './accounts.ts';
import { nonceValueAt, type Blockhashes } from './blockhashes.ts';
import { lendNonceValues, setNonceValue, settleNonceValues } from './nonce-values.ts';
import { toNodeError, type NodeError } from './transaction-error.ts';
import { nonceAccountOf, type IncomingTransaction } from './wire.ts';

export type RunResult = {
  /** False: refused before it cost anything, so it leaves no trace on the chain. */
  included: boolean;
  error: NodeError | null;
  logs: string[];
  units: bigint;
  /** Accounts of the message, in order. */
  before: (AccountState | null)[];
  after: (AccountState | null)[];
};

export type DryRun = { error: NodeError | null; logs: string[]; units: bigint };

type Lifetime = 'recent' | { nonceAccount: string } | null;

export class Runtime {
  readonly #svm: LiteSVM;
  readonly #blockhashes: Blockhashes;
  #slot = 0;

  constructor(blockhashes: Blockhashes) {
    this.#blockhashes = blockhashes;
    // Doubles are told apart by the chain's own history, which outlives the process.
    this.#svm = new LiteSVM().withTransactionHistory(0n);
  }

  moveTo(slot: number, unixTime: number): void {
    this.#slot = slot;
    const clock = this.#svm.getClock();
    clock.slot = BigInt(slot);
    clock.unixTimestamp = BigInt(unixTime);
    this.#svm.setClock(clock);
  }

  rentExemptMinimum(bytes: bigint): bigint {
    return this.#svm.minimumBalanceForRentExemption(bytes);
  }

  readAccount(of: string): AccountState | null {
    const account = this.#svm.getAccount(address(of));
    if (!account.exists || (account.lamports === 0n && account.data.length === 0)) return null;
    return {
      lamports: account.lamports,
      owner: account.programAddress,
      data: Uint8Array.from(account.data),
      executable: account.executable,
    };
  }

  writeAccount(of: string, state: AccountState | null): void {
    const { lamports: amount, owner, data, executable } = state ?? absent;
    const target: Address = address(of);
    this.#svm.setAccount({
      address: target,
      lamports: lamports(amount),
      programAddress: address(owner),
      data,
      executable,
      space: BigInt(data.length),
    });
  }

  /** Runs it for good. */
  execute(incoming: IncomingTransaction): RunResult {
    const before = incoming.accounts.map((account) => this.readAccount(account));
    const lifetime = this.#lifetimeOf(incoming);
    const refused = (error: NodeError): RunResult => ({
      included: false,
      error,
      logs: [],
      units: 0n,
      before,
      after: before,
    });
    if (!incoming.signed) return refused('SignatureFailure');
    if (lifetime === null) return refused('BlockhashNotFound');
    this.#svm.withSigverify(true).withBlockhashCheck(lifetime !== 'recent');
    const outcome = this.#withBankNonces(incoming, () =>
      this.#svm.sendTransaction(incoming.transaction),
    );
    const failed = outcome instanceof FailedTransactionMetadata;
    const meta = failed ? outcome.meta() : outcome;
    const error = failed ? toNodeError(outcome.err()) : null;
    // litesvm charges the fee of a failed transaction exactly when a validator would include it.
    const included = !failed || this.#paid(incoming, before[0] ?? null);
    // A nonce that gave a transaction its lifetime is used up even when the transaction failed.
    if (included && lifetime !== 'recent')
      setNonceValue(this, lifetime.nonceAccount, this.#nextNonceValue());
    const after = incoming.accounts.map((account) => this.readAccount(account));
    return {
      included,
      error,
      logs: meta.logs(),
      units: meta.computeUnitsConsumed(),
      before,
      after,
    };
  }

  /** Runs it without consequences. */
  simulate(
    incoming: IncomingTransaction,
    options: { checkSignatures: boolean; checkBlockhash: boolean },
  ): DryRun {
    const refused = (error: NodeError): DryRun => ({ error, logs: [], units: 0n });
    if (options.checkSignatures && !incoming.signed) return refused('SignatureFailure');
    const lifetime = this.#lifetimeOf(incoming);
    if (options.checkBlockhash && lifetime === null) return refused('BlockhashNotFound');
    this.#svm
      .withSigverify(options.checkSignatures)
      .withBlockhashCheck(options.checkBlockhash && lifetime !== 'recent');
    const outcome = this.#withBankNonces(incoming, () =>
      this.#svm.simulateTransaction(incoming.transaction),
    );
    const meta = outcome.meta();
    const error = outcome instanceof FailedTransactionMetadata ? toNodeError(outcome.err()) : null;
    return { error, logs: meta.logs(), units: meta.computeUnitsConsumed() };
  }

  #lifetimeOf(incoming: IncomingTransaction): Lifetime {
    const anchor = incoming.message.lifetimeToken;
    // As a validator does: a recent blockhash is enough, whatever nonce the transaction advances.
    if (this.#blockhashes.slotOf(anchor, this.#slot) !== null) return 'recent';
    const nonceAccount = nonceAccountOf(incoming);
    if (nonceAccount === null) return null;
    // A nonce can be used once per blockhash: its next value must differ. litesvm checks the rest.
    return base58.encode(this.#nextNonceValue()) === anchor ? null : { nonceAccount };
  }

  #paid(incoming: IncomingTransaction, before: AccountState | null): boolean {
    const [feePayer] = incoming.accounts;
    const after = feePayer === undefined ? null : this.readAccount(feePayer);
    return (before?.lamports ?? 0n) > (after?.lamports ?? 0n);
  }

  /** What a nonce account holds after it is advanced in this slot. */
  #nextNonceValue(): Uint8Array {
    return nonceValueAt(this.#blockhashes.at(this.#slot));
  }

  #withBankNonces<T>(incoming: IncomingTransaction, run: () => T): T {
    const { accounts } = incoming;
    const next = this.#nextNonceValue();
    const lent = lendNonceValues(this, { accounts, anchor: incoming.message.lifetimeToken }, next);
    try {
      return run();
    } finally {
      settleNonceValues(this, { accounts }, lent, next);
    }
  }
}

const absent: AccountState = {
  lamports: 0n,
  owner: '11111111111111111111111111111111',
  data: new Uint8Array(),
  executable: false,
};
