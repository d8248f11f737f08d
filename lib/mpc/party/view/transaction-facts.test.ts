import { expect, test } from 'vitest';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { accountContext } from '#lib/chains/bitcoin/context.ts';
import { decode as decodePayment } from '#lib/chains/bitcoin/decode.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { testKey } from '#lib/chains/bitcoin/testing/keys.ts';
import { testCoins } from '#lib/chains/bitcoin/testing/payments.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import { decodeForOwner } from '#lib/chains/account-context.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { outside } from '../../testing/bitcoin.ts';
import { etherAccount } from '../../testing/ethereum.ts';
import { toHex } from '../../wire/encoding.ts';
import { printView } from './print.ts';
import { transactionFacts } from './transaction-facts.ts';

const print = (facts: ReturnType<typeof transactionFacts>): string =>
  printView({ headline: '', answer: { term: '', text: '' }, sections: [{ title: '', facts }] });

test('a payment of bitcoin is read with every coin, every output, its change and its fee, exact', () => {
  const account = accountContext({
    chain: BITCOIN_REGTEST,
    kind: 'p2tr',
    vaultKey: testKey('vault').publicKey,
    owner: 'C-20418',
  });
  const built = buildPayment({
    account,
    coins: testCoins(account, [60_000n, 50_000n]),
    to: outside(),
    amount: 90_000n,
    rate: 2_000n,
    highestFee: 20_000n,
    replaces: null,
  });
  if (!built.ok) throw new Error(built.refusal);
  const decoded = decodePayment(built.unsigned, account);
  if (decoded.details.family !== 'bitcoin') throw new Error('It is a payment of bitcoin.');
  const text = print(transactionFacts(decoded));
  for (const { outpoint, address } of decoded.details.inputs) {
    expect(text).toContain(`coin ${outpoint}`);
    expect(text).toContain(address);
  }
  expect(text).toContain('Spends 2 of 2');
  expect(text).toContain('0.00090000 BTC');
  expect(text).toContain('change, back to the account that pays');
  expect(text).toContain(`at ${decoded.details.virtualBytes} virtual bytes`);
  const spent = decoded.details.inputs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const paid = decoded.details.outputs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  expect(text).toContain(`${(spent - paid).toLocaleString('en')} smallest units`);
});

test('a transfer of a token is read with its number, the contract, the call and what gas costs at most', () => {
  const chain = 'eip155:31337';
  const euro = chainFacts(chain).assets.find(({ asset }) => asset === 'EURC');
  if (!euro?.token) throw new Error('The sandbox has a euro.');
  const to = etherAccount(toHex(testKey('elsewhere').publicKey), null);
  const message = buildTransfer({
    chain,
    nonce: 7n,
    to,
    amount: 12_500_000n,
    token: euro.token,
    gasLimit: 60_000n,
    maxFeePerGas: 2_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
  });
  const key = {
    chain,
    suite: 'DKLS23-secp256k1-SHA256-v1',
    publicKey: toHex(testKey('vault').publicKey),
  } as const;
  const text = print(transactionFacts(decodeForOwner(key, 'C-20418', message)));
  expect(text).toContain('Number of the account: 7');
  expect(text).toContain('the contract of EURC');
  expect(text).toContain('Call: transfer(address,uint256)');
  expect(text).toContain('12.500000 EURC');
  expect(text).toContain('Network fee, at most: 0.000120000000000000 ETH');
  expect(text).toContain('at most 60000 units');
  expect(text).toContain(to);
});
