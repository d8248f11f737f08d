/** A sandbox chain inside the test's own process, whose slots pass when the test says so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildNonceAccountCreation,
  nonceAccountAddress,
} from '#lib/chains/solana/build-nonce-account.ts';
import { readNonceState } from '#lib/chains/solana/nonce-state.ts';
import type { SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { Chain } from '../chain.ts';
import { faucetTransfer } from '../faucet.ts';
import { readTransaction } from '../wire.ts';

const NONCE_ACCOUNT_BYTES = 80n;

export type LocalChain = {
  chain: Chain;
  deposit(to: string, lamports: bigint): void;
  /** @returns the address of a nonce account that `authority` may advance. */
  openNonce(feePayer: SoftwareKey, authority: string): string;
  nonceValue(account: string): string;
  /** Lamports; 0 for an account that isn't there. */
  balance(account: string): bigint;
  newestBlockhash(): string;
  /** Runs it and lets a slot pass. @returns true when the chain took it up and it succeeded. */
  run(transaction: Uint8Array): boolean;
  remove(): void;
};

export function openLocalChain(): LocalChain {
  const folder = mkdtempSync(join(tmpdir(), 'cs-local-chain-'));
  const chain = new Chain(folder);
  const newestBlockhash = (): string => chain.blockhashes.at(chain.slot());
  const run = (transaction: Uint8Array): boolean => {
    const incoming = readTransaction(transaction);
    const ranBefore = chain.history.hasRun(incoming);
    chain.run(incoming);
    const entry = chain.history.find(incoming.id);
    chain.advanceSlot();
    return !ranBefore && entry?.error === null;
  };
  return {
    chain,
    newestBlockhash,
    run,
    deposit: (to, lamports) => {
      run(faucetTransfer(chain, { to, lamports, memo: null }));
    },
    openNonce: (feePayer, authority) => {
      const message = buildNonceAccountCreation({
        feePayer: feePayer.address,
        seed: 'n-1',
        authority,
        lamports: chain.runtime.rentExemptMinimum(NONCE_ACCOUNT_BYTES),
        blockhash: newestBlockhash(),
      });
      run(assembleTransaction(message, { [feePayer.address]: feePayer.sign(message) }));
      return nonceAccountAddress(feePayer.address, 'n-1');
    },
    nonceValue: (account) => {
      const nonce = readNonceState(chain.account(account, 'processed'));
      if (nonce.state !== 'ready') throw new Error(`The nonce account is ${nonce.state}`);
      return nonce.value;
    },
    balance: (account) => chain.account(account, 'processed')?.lamports ?? 0n,
    remove: () => {
      chain.close();
      rmSync(folder, { recursive: true });
    },
  };
}
