/** Makes a vault's nonce account, one safe step per call: call it until it is ready. */
import {
  buildNonceAccountCreation,
  NONCE_ACCOUNT_SIZE,
  nonceAccountAddress,
} from './build-nonce-account.ts';
import type { SolanaClient } from './client.ts';
import type { FeePayer } from './fee-payer.ts';
import type { SendOutcome } from './send-transaction.ts';
import { assembleTransaction } from './transaction.ts';

export type NonceAccountRequest = {
  feePayer: FeePayer;
  /** The vault. */
  authority: string;
  /** See NonceAccountInput; store it before the first call, and use it for this account only. */
  seed: string;
};

export type NonceAccountStep =
  | { step: 'ready'; account: string; value: string }
  /** There, and not final yet: the chain could still take it back. */
  | { step: 'confirming'; account: string }
  /** Sent, or sending has an unknown outcome; not to be seen on the chain yet. */
  | { step: 'creating'; account: string; sent: SendOutcome }
  /** The address holds something else, or another authority's nonce: take another seed. */
  | { step: 'address-taken'; account: string };

/**
 * Looks first and sends only when nothing is there, so calling again after a crash or an unknown
 * outcome is safe: the chain makes an account at most once.
 * @throws SolanaRpcError
 */
export async function ensureNonceAccount(
  client: SolanaClient,
  request: NonceAccountRequest,
): Promise<NonceAccountStep> {
  const { feePayer, authority, seed } = request;
  const account = nonceAccountAddress(feePayer.address, seed);
  const nonce = await client.getNonce(account);
  if (nonce.state === 'ready' && nonce.authority === authority) {
    const final = await client.getNonce(account, 'finalized');
    return final.state === 'ready' && final.authority === authority
      ? { step: 'ready', account, value: final.value }
      : { step: 'confirming', account };
  }
  if (nonce.state !== 'missing') return { step: 'address-taken', account };

  const lamports = await client.getRentExemptMinimum(NONCE_ACCOUNT_SIZE);
  const blockhash = await client.getLatestBlockhash();
  const message = buildNonceAccountCreation({
    feePayer: feePayer.address,
    seed,
    authority,
    lamports,
    blockhash,
  });
  const signed = assembleTransaction(message, { [feePayer.address]: feePayer.sign(message) });
  return { step: 'creating', account, sent: await client.sendTransaction(signed) };
}
