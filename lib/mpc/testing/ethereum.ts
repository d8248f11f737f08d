/** Payments out of Ethereum vaults, for tests of parties. */
import { accountAddress } from '#lib/chains/account-address.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import { digestOf } from '#lib/chains/ethereum/assemble.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { CLIENT } from './bitcoin.ts';
import { commonIntent, etherKey } from './organisation.ts';

/** A client's account in a vault. */
export function etherAccount(publicKey: string, owner: string | null): string {
  const address = accountAddress({ ...etherKey, publicKey: fromHex(publicKey), owner });
  if (address === null) throw new Error('The chain has addresses.');
  return address;
}

export const etherListing = (id: string, address: string): Intent => ({
  ...commonIntent(),
  kind: 'destination-listing',
  destination: {
    id,
    address,
    client: CLIENT,
    chain: etherKey.chain,
    asset: 'ETH',
    class: 'client-wallet',
    evidence: null,
    expiresAt: new Date(Date.now() + 30 * 24 * 3_600_000).toISOString(),
  },
});

/** Of 0.25 ether. */
export const etherWithdrawal = (destination: { id: string; address: string }): Intent => ({
  ...commonIntent(),
  kind: 'withdrawal',
  client: CLIENT,
  vault: 'warm-1',
  chain: etherKey.chain,
  asset: 'ETH',
  amount: '250000000000000000',
  destination,
  highestFee: '10000000000000000',
  feeBearer: CLIENT,
  memo: null,
  reasonCommitment: 'ab'.repeat(32),
  travelRule: null,
});

/** The transfer for it, as the account's transaction of this number. */
export function etherTransfer(to: string, nonce: bigint) {
  const message = buildTransfer({
    chain: etherKey.chain,
    nonce,
    to,
    amount: 250_000_000_000_000_000n,
    token: null,
    gasLimit: 21_000n,
    maxFeePerGas: 30_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
  });
  const path = accountPath(CLIENT, 'receive');
  const bytes = toHex(digestOf(message));
  return { ...etherKey, message, parts: [{ bytes, path: [...path], tweak: 'none' as const }] };
}
