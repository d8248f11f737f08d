/** Random withdrawals of every form that a vault pays in, each with the bytes that a builder makes of it. */
import fc from 'fast-check';
import { accountAddress, bitcoinKind } from '#lib/chains/account-address.ts';
import { ethereumContextOf } from '#lib/chains/account-context.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { accountContext } from '#lib/chains/bitcoin/context.ts';
import { decode as decodeBitcoin } from '#lib/chains/bitcoin/decode.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { testKey } from '#lib/chains/bitcoin/testing/keys.ts';
import { paymentFrom } from '#lib/chains/bitcoin/testing/payments.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import type { Decoded } from '#lib/chains/decoded.ts';
import { ethereumChains, tokensOf } from '#lib/chains/ethereum/chain.ts';
import { decode as decodeEthereum } from '#lib/chains/ethereum/decode.ts';
import { transferCase } from '#lib/chains/ethereum/testing/arbitraries.ts';
import { buildTransfer as buildLamports } from '#lib/chains/solana/build.ts';
import { decode as decodeSolana } from '#lib/chains/solana/decode.ts';
import { transfer } from '#lib/chains/solana/testing/arbitraries.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { toHex } from '../wire/encoding.ts';

export type DrawnWithdrawal = {
  chain: string;
  asset: string;
  suite: KeySuite;
  /** The vault's, hex; where a chain has one account for all it is the address that matters. */
  vaultKey: string;
  client: string;
  /** The account that it takes from. */
  from: string;
  to: string;
  amount: bigint;
  memo: string | null;
  /** What the bytes offer the network at most, smallest unit. */
  fee: bigint;
  feeBearer: 'client' | 'custodian';
  unsigned: Uint8Array;
  /** The decoder with the account in it. @throws DecodeError */
  read: (unsigned: Uint8Array) => Decoded;
};

type AccountOfOwner = { chain: string; suite: KeySuite; vaultKey: string; client: string };

const clients = ['C-1001', 'C-20418', 'C-0042', 'C-9999999999'];
const vaultKeys = ['one', 'two', 'three'].map((name) =>
  toHex(testKey(`drawn-vault/${name}`).publicKey),
);

/** Deriving takes longer than everything else that is drawn, so each account is worked out once. */
function onceEach<T>(make: (of: AccountOfOwner) => T): (of: AccountOfOwner) => T {
  const made = new Map<string, T>();
  return (of) => {
    const name = Object.values(of).join(' ');
    const known = made.get(name);
    if (known !== undefined) return known;
    const fresh = make(of);
    made.set(name, fresh);
    return fresh;
  };
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

const sourceOf = onceEach(({ chain, suite, vaultKey, client }): string => {
  const address = accountAddress({ chain, suite, publicKey: bytesOf(vaultKey), owner: client });
  if (address === null) throw new Error(`A key of ${suite} has no addresses on ${chain}.`);
  return address;
});

const bitcoinAccountOf = onceEach(({ chain, suite, vaultKey, client }) => {
  const kind = bitcoinKind(suite);
  const known = [BITCOIN_MAINNET, BITCOIN_REGTEST] as const;
  const network = known.find((name) => name === chain);
  if (!kind || !network) throw new Error(`A key of ${suite} moves nothing on ${chain}.`);
  return accountContext({ chain: network, kind, vaultKey: bytesOf(vaultKey), owner: client });
});

const ethereumAccountOf = onceEach(({ chain, suite, vaultKey, client }) =>
  ethereumContextOf({ chain, suite, publicKey: vaultKey }, client),
);

const accounts = (suite: KeySuite, chains: readonly string[]): fc.Arbitrary<AccountOfOwner> =>
  fc.record({
    chain: fc.constantFrom(...chains),
    suite: fc.constant(suite),
    vaultKey: fc.constantFrom(...vaultKeys),
    client: fc.constantFrom(...clients),
  });

const bitcoin = (suite: KeySuite): fc.Arbitrary<DrawnWithdrawal> =>
  paymentFrom(accounts(suite, [BITCOIN_MAINNET, BITCOIN_REGTEST]), bitcoinAccountOf, 3)
    .map(({ account, input }) => ({ account, input, built: buildPayment(input) }))
    .filter(({ built }) => built.ok)
    .map(({ account, input, built }) => {
      if (!built.ok) throw new Error('unreachable');
      const { to, amount } = input;
      return {
        ...account,
        asset: 'BTC',
        from: sourceOf(account),
        to,
        amount,
        memo: null,
        feeBearer: 'client',
        fee: built.fee,
        unsigned: built.unsigned,
        read: (unsigned) => decodeBitcoin(unsigned, input.account),
      };
    });

const ethereum = (isToken: boolean): fc.Arbitrary<DrawnWithdrawal> =>
  fc
    .tuple(
      accounts(
        'DKLS23-secp256k1-SHA256-v1',
        ethereumChains.map(({ chain }) => chain),
      ),
      transferCase.filter(({ input }) => (input.token !== null) === isToken),
    )
    .map(([account, { input: drawn }]) => {
      const facts = ethereumChains.find(({ chain }) => chain === account.chain);
      const [euro] = facts ? tokensOf(facts) : [];
      if (!euro) throw new Error('Every chain of Ethereum has a token here.');
      const input = { ...drawn, chain: account.chain, token: isToken ? euro.contract : null };
      const { to, amount } = input;
      return {
        ...account,
        asset: isToken ? euro.asset : 'ETH',
        from: sourceOf(account),
        to,
        amount,
        memo: null,
        fee: input.gasLimit * input.maxFeePerGas,
        feeBearer: 'client',
        unsigned: buildTransfer(input),
        read: (unsigned) => decodeEthereum(unsigned, ethereumAccountOf(account)),
      };
    });

const solana: fc.Arbitrary<DrawnWithdrawal> = fc
  .tuple(transfer, fc.constantFrom(...clients))
  .map(([input, client]) => ({
    chain: 'solana:sandbox',
    asset: 'SOL',
    suite: 'FROST-ED25519-SHA512-v1',
    client,
    vaultKey: vaultKeys[0] ?? '',
    from: input.from,
    to: input.to,
    amount: input.lamports,
    // Two signatures at the base fee of 5,000 lamports each.
    memo: input.memo,
    fee: 10_000n,
    feeBearer: 'custodian',
    unsigned: buildLamports(input),
    read: (unsigned) => decodeSolana(unsigned, { chain: 'solana:sandbox' }),
  }));

export type Form =
  | 'Bitcoin, taproot'
  | 'Bitcoin, P2WPKH'
  | 'Ethereum, ether'
  | 'Ethereum, tokens'
  | 'Solana';

export const drawnWithdrawals: Readonly<Record<Form, fc.Arbitrary<DrawnWithdrawal>>> = {
  'Bitcoin, taproot': bitcoin('FROST-secp256k1-SHA256-TR-v1'),
  'Bitcoin, P2WPKH': bitcoin('DKLS23-secp256k1-SHA256-v1'),
  'Ethereum, ether': ethereum(false),
  'Ethereum, tokens': ethereum(true),
  Solana: solana,
};
