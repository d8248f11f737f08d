/** Payments out of Bitcoin vaults, for tests of parties. */
import { accountContext, type BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { decode } from '#lib/chains/bitcoin/decode.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { addressOf } from '#lib/chains/bitcoin/address.ts';
import { testCoins } from '#lib/chains/bitcoin/testing/payments.ts';
import { testKey } from '#lib/chains/bitcoin/testing/keys.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { commonIntent, segwitKey, taprootKey } from './organisation.ts';

export const CLIENT = 'C-20418';

/** A client's wallet that is nobody's here. */
export const outside = (name = 'elsewhere'): string =>
  addressOf({ publicKey: testKey(name).publicKey, kind: 'p2tr', chain: BITCOIN_REGTEST });

export const bitcoinListing = (id: string, address: string, client = CLIENT): Intent => ({
  ...commonIntent(),
  kind: 'destination-listing',
  destination: {
    id,
    address,
    client,
    chain: BITCOIN_REGTEST,
    asset: 'BTC',
    class: 'client-wallet',
    evidence: null,
    expiresAt: new Date(Date.now() + 30 * 24 * 3_600_000).toISOString(),
  },
});

/** @param amount in satoshi. */
export const bitcoinWithdrawal = (
  destination: { id: string; address: string },
  amount = '90000',
  client = CLIENT,
): Intent => ({
  ...commonIntent(),
  kind: 'withdrawal',
  client,
  vault: 'warm-1',
  chain: taprootKey.chain,
  asset: 'BTC',
  amount,
  destination,
  highestFee: '20000',
  feeBearer: client,
  memo: null,
  reasonCommitment: 'ab'.repeat(32),
  travelRule: null,
});

export const accountOf = (
  publicKey: string,
  owner: string | null,
  kind: BitcoinContext['kind'] = 'p2tr',
): BitcoinContext =>
  accountContext({
    chain: BITCOIN_REGTEST,
    kind,
    vaultKey: new Uint8Array(Buffer.from(publicKey, 'hex')),
    owner,
  });

/**
 * A payment for a withdrawal from an account with coins of these amounts, alternately on its branch for
 * receipts and on that for change.
 */
export function paymentFor(
  account: BitcoinContext,
  to: string,
  of: { amounts?: readonly bigint[]; amount?: bigint; rate?: bigint } = {},
) {
  const { amounts = [40_000n, 41_000n, 42_000n], amount = 90_000n, rate = 2_000n } = of;
  const coins = testCoins(account, amounts);
  const built = buildPayment({
    account,
    coins,
    to,
    amount,
    rate,
    highestFee: 20_000n,
    replaces: null,
  });
  if (!built.ok) throw new Error(built.refusal);
  const read = decode(built.unsigned, account);
  return {
    chain: BITCOIN_REGTEST,
    message: built.unsigned,
    suite: account.kind === 'p2tr' ? taprootKey.suite : segwitKey.suite,
    parts: read.parts,
    read,
  };
}
