import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfOwner, bitcoinContextOf, type VaultKey } from '#lib/chains/account-context.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { decode as decodeBitcoin } from '#lib/chains/bitcoin/decode.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { testCoins } from '#lib/chains/bitcoin/testing/payments.ts';
import { buildTransfer as buildEthereum } from '#lib/chains/ethereum/build.ts';
import { conflictKeyOf } from '#lib/chains/ethereum/conflict-key.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { addressOf } from '#lib/chains/solana/address.ts';
import { buildTransfer as buildSolana } from '#lib/chains/solana/build.ts';
import { decode as decodeSolana } from '#lib/chains/solana/decode.ts';
import { withdrawalIntent, type WithdrawalIntent } from '#lib/protocol/intent.ts';
import { rateText } from './transaction-contents.ts';
import { viewTransactions, type StoredTransaction } from './view-transaction.ts';

const client = 'C-20418';
const publicKey = bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(7)));
const taproot: VaultKey = {
  chain: BITCOIN_REGTEST,
  suite: 'FROST-secp256k1-SHA256-TR-v1',
  publicKey,
};
const ethereum: VaultKey = {
  chain: 'eip155:31337',
  suite: 'DKLS23-secp256k1-SHA256-v1',
  publicKey,
};
const solana: VaultKey = {
  chain: 'solana:sandbox',
  suite: 'FROST-ED25519-SHA512-v1',
  publicKey: '02'.repeat(32),
};
const solanaKey = (fill: number): string => addressOf(new Uint8Array(32).fill(fill));

const intentOf = (
  { chain }: VaultKey,
  of: { asset: string; amount: bigint; to: string; memo?: string },
): WithdrawalIntent =>
  withdrawalIntent.parse({
    type: 'countersign/intent/v1',
    organisation: 'sandbox-example',
    environment: 'sandbox',
    operation: '0b8f0a3e-8c5f-4a0e-9a53-1f1f6f3d0001',
    notAfter: '2026-12-01T00:00:00.000Z',
    kind: 'withdrawal',
    client,
    vault: 'hot-1',
    chain,
    asset: of.asset,
    amount: String(of.amount),
    destination: { id: 'exchange-1', address: of.to },
    highestFee: String(chainFacts(chain).highestFee),
    feeBearer: chainFacts(chain).feePaidBy === 'custodian' ? 'custodian' : client,
    memo: of.memo ?? null,
    reasonCommitment: 'ab'.repeat(32),
    travelRule: null,
  });

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 30, 1, 0, second));
const stored = (
  of: Pick<StoredTransaction, 'id' | 'message' | 'conflictKey'> & Partial<StoredTransaction>,
): StoredTransaction => ({
  txid: null,
  phase: 'built',
  replacement: 0,
  slot: null,
  error: null,
  createdAt: at(0),
  signedAt: null,
  broadcastAt: null,
  confirmedAt: null,
  ...of,
});

const account = bitcoinContextOf(taproot, client);
const payment = (rate: bigint, replaces: ReturnType<typeof decodeBitcoin> | null = null) => {
  const built = buildPayment({
    account,
    coins: testCoins(account, [70_000n, 50_000n]),
    to: addressOfOwner(taproot, 'C-30000'),
    amount: 100_000n,
    rate,
    highestFee: 100_000n,
    replaces,
  });
  if (!built.ok) throw new Error(built.refusal);
  return { message: built.unsigned, decoded: decodeBitcoin(built.unsigned, account) };
};
const bitcoinIntent = intentOf(taproot, {
  asset: 'BTC',
  amount: 100_000n,
  to: addressOfOwner(taproot, 'C-30000'),
});

describe('a Bitcoin payment', () => {
  it('shows every coin, where each output goes, and the fee as what is spent and not paid', () => {
    const { message, decoded } = payment(2_000n);
    const row = stored({ id: 'a', message, conflictKey: decoded.conflictKey, slot: 103n });
    const [view] = viewTransactions([row], {
      intent: bitcoinIntent,
      key: taproot,
      feePosted: null,
    });
    expect(view).toMatchObject({ fault: null, family: 'bitcoin', ranIn: 'block 103' });
    const details = view?.contents?.details;
    if (details?.family !== 'bitcoin') throw new Error('Not a Bitcoin payment.');
    const units = ({ amount }: { amount: { value: string } }): bigint =>
      BigInt(amount.value.replace('.', ''));
    const sum = (all: bigint[]): bigint => all.reduce((total, value) => total + value, 0n);
    expect(new Set(details.inputs.map(units))).toEqual(new Set([50_000n, 70_000n]));
    expect(details.outputs.map(({ role, address }) => [role, address])).toEqual([
      ['recipient', bitcoinIntent.destination.address],
      ['change', addressOfOwner(taproot, client, 'change')],
    ]);
    expect(sum(details.inputs.map(units)) - sum(details.outputs.map(units))).toBe(
      BigInt(decoded.fee),
    );
    expect(details.replaceable).toBe(true);
    expect(view?.contents?.fee.asset).toBe('BTC');
  });

  it('says which transaction it took the place of, and stands behind it', () => {
    const first = payment(1_000n);
    const second = payment(20_000n, first.decoded);
    const { conflictKey } = first.decoded;
    const rows = [
      stored({ id: 'b', message: second.message, conflictKey, replacement: 1, createdAt: at(9) }),
      stored({ id: 'a', message: first.message, conflictKey, phase: 'broadcast' }),
    ];
    const views = viewTransactions(rows, { intent: bitcoinIntent, key: taproot, feePosted: null });
    expect(views.map(({ id, place, replaces, fault }) => [id, place, replaces, fault])).toEqual([
      ['a', 1, null, null],
      ['b', 2, 1, null],
    ]);
  });

  it.each([
    ['pays another amount', { amount: '100001' }, 'transaction-amount-differs'],
    ['asks more than the highest fee', { highestFee: '1' }, 'transaction-fee-above-bound'],
  ])('that %s than the intent says is told apart', (_, changes, fault) => {
    const { message, decoded } = payment(2_000n);
    const row = stored({ id: 'a', message, conflictKey: decoded.conflictKey });
    const intent = withdrawalIntent.parse({ ...bitcoinIntent, ...changes });
    expect(viewTransactions([row], { intent, key: taproot, feePosted: null })[0]).toMatchObject({
      fault,
    });
  });

  it('is not taken at the word of its row: another tie on record is a fault', () => {
    const row = stored({ id: 'a', message: payment(2_000n).message, conflictKey: 'other' });
    expect(
      viewTransactions([row], { intent: bitcoinIntent, key: taproot, feePosted: null })[0],
    ).toMatchObject({
      fault: 'transaction-does-not-conflict',
    });
  });

  it('of another client’s coins is not understood, so nothing of it is shown', () => {
    const { message, decoded } = payment(2_000n);
    const row = stored({ id: 'a', message, conflictKey: decoded.conflictKey });
    const intent = withdrawalIntent.parse({ ...bitcoinIntent, client: 'C-1001' });
    expect(viewTransactions([row], { intent, key: taproot, feePosted: null })[0]).toMatchObject({
      contents: null,
      fault: 'transaction-not-a-transfer: input-not-of-account',
    });
  });
});

describe('a transfer of tokens on Ethereum', () => {
  it('shows the call with its amount in the token’s decimals, and the highest cost in ether', () => {
    const to = addressOfOwner(ethereum, 'C-30000');
    const message = buildEthereum({
      chain: ethereum.chain,
      nonce: 3n,
      to,
      amount: 12_500_000n,
      token: EURC_SANDBOX,
      gasLimit: 65_000n,
      maxFeePerGas: 30_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
    });
    const from = addressOfOwner(ethereum, client);
    const row = stored({ id: 'a', message, conflictKey: conflictKeyOf(ethereum.chain, from, 3n) });
    const intent = intentOf(ethereum, { asset: 'EURC', amount: 12_500_000n, to });
    expect(viewTransactions([row], { intent, key: ethereum, feePosted: null })[0]).toMatchObject({
      fault: null,
      contents: {
        from,
        to,
        amount: { value: '12.500000', asset: 'EURC' },
        fee: { value: '0.001950000000000000', asset: 'ETH' },
        details: {
          nonce: '3',
          gasLimit: '65,000',
          maxFee: '30.000000000 gwei',
          priorityFee: '1.000000000 gwei',
          target: EURC_SANDBOX,
          value: { value: '0.000000000000000000', asset: 'ETH' },
          call: {
            signature: 'transfer(address,uint256)',
            arguments: [
              { value: to, amount: null },
              { value: '12500000', amount: { value: '12.500000', asset: 'EURC' } },
            ],
          },
        },
      },
    });
  });
});

describe('what the network took', () => {
  const { message, decoded } = payment(2_000n);
  const { conflictKey } = decoded;
  const of = { intent: bitcoinIntent, key: taproot };
  const feesOf = (rows: StoredTransaction[], feePosted: bigint | null) =>
    viewTransactions(rows, { ...of, feePosted }).map(({ feePaid }) => feePaid);
  const row = (changes: Partial<StoredTransaction>) =>
    stored({ id: 'a', message, conflictKey, ...changes });

  it('is told of the transaction that ran and of no other', () => {
    const replaced = row({ phase: 'failed', error: 'superseded by x' });
    const ran = row({ id: 'b', phase: 'confirmed', slot: 9n, createdAt: at(9), replacement: 1 });
    expect(feesOf([replaced, ran], 700n)).toEqual([null, { value: '0.00000700', asset: 'BTC' }]);
  });

  it('is told of one that the chain ran and refused as well, and of none before it is posted', () => {
    const refused = row({ phase: 'failed', slot: 9n, error: 'reverted' });
    expect(feesOf([refused], 700n)).toEqual([{ value: '0.00000700', asset: 'BTC' }]);
    expect(feesOf([row({ phase: 'confirmed', slot: 9n })], null)).toEqual([null]);
  });
});

describe('a transfer on Solana', () => {
  const to = solanaKey(3);
  const message = buildSolana({
    feePayer: solanaKey(1),
    from: solanaKey(2),
    to,
    lamports: 1_500_000n,
    memo: 'C-20418',
    nonce: { account: solanaKey(4), value: solanaKey(5) },
  });
  const { conflictKey } = decodeSolana(message, solana);
  const intent = intentOf(solana, { asset: 'SOL', amount: 1_500_000n, to, memo: 'C-20418' });

  it('shows the nonce that it uses up and who pays', () => {
    const row = stored({ id: 'a', message, conflictKey, slot: 7n });
    expect(viewTransactions([row], { intent, key: solana, feePosted: null })[0]).toMatchObject({
      fault: null,
      ranIn: 'slot 7',
      contents: {
        memo: 'C-20418',
        fee: { value: '0.000010000', asset: 'SOL' },
        feePayer: solanaKey(1),
        details: { nonceAccount: solanaKey(4), nonceValue: solanaKey(5) },
      },
    });
  });

  it('is never shown as one after any byte of it was changed', () => {
    fc.assert(
      fc.property(fc.nat(message.length - 1), fc.integer({ min: 1, max: 255 }), (place, by) => {
        const changed = message.with(place, (message[place] ?? 0) ^ by);
        const row = stored({ id: 'a', message: changed, conflictKey });
        expect(
          viewTransactions([row], { intent, key: solana, feePosted: null })[0]?.fault,
        ).not.toBeNull();
      }),
    );
  });
});

it('a rate that does not come out even says so', () => {
  expect([rateText(400n, 200), rateText(401n, 200), rateText(1n, 3)]).toEqual([
    '2.00 sat/vB',
    '≈ 2.00 sat/vB',
    '≈ 0.33 sat/vB',
  ]);
});
