import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { sighashes } from './sighash.ts';
import { readTransaction } from './transaction-reader.ts';
import bip341 from './vectors/bip341-wallet-test-vectors.json' with { type: 'json' };

/** SIGHASH_DEFAULT, the only type that accounts sign with. */
const DEFAULT = 0;

test('the digest of a taproot input is the one of BIP341', () => {
  const [vector] = bip341.keyPathSpending;
  if (!vector) throw new Error('The file has a vector.');
  const transaction = readTransaction(hexToBytes(vector.given.rawUnsignedTx));
  const spent = vector.given.utxosSpent.map(({ scriptPubKey, amountSats }) => ({
    amount: BigInt(amountSats),
    script: hexToBytes(scriptPubKey),
  }));
  const digests = sighashes(transaction, spent, 'p2tr').map(bytesToHex);
  const ofDefault = vector.inputSpending.filter(({ given }) => given.hashType === DEFAULT);
  expect(ofDefault).not.toHaveLength(0);
  for (const { given, intermediary } of ofDefault)
    expect(digests[given.txinIndex]).toBe(intermediary.sigHash);
});

/** The example "Native P2WPKH" of BIP143; its second input is the one with a witness. */
test('the digest of a P2WPKH input is the one of BIP143', () => {
  const transaction = readTransaction(
    hexToBytes(
      '0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000',
    ),
  );
  const spent = {
    amount: 600_000_000n,
    script: hexToBytes('00141d0f172a0ecb48aee1be1f2687d2963ae33f71a1'),
  };
  const digests = sighashes(transaction, [spent, spent], 'p2wpkh').map(bytesToHex);
  expect(digests[1]).toBe('c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670');
});
