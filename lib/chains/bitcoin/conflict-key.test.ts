import { expect, test } from 'vitest';
import { conflictKeyOf, outpointOfConflictKey } from './conflict-key.ts';
import { BITCOIN_MAINNET } from './networks.ts';

const txid = 'ab'.repeat(32);

test('a conflict key names chain and coin, and gives them back', () => {
  for (const vout of [0, 7, 0xffffffff]) {
    const key = conflictKeyOf(BITCOIN_MAINNET, { txid, vout });
    expect(key).toBe(`${BITCOIN_MAINNET}:outpoint:${txid}:${vout}`);
    expect(outpointOfConflictKey(key)).toEqual({ chain: BITCOIN_MAINNET, txid, vout });
  }
});

test('a text in any other spelling is none', () => {
  for (const key of [
    '',
    `${BITCOIN_MAINNET}:outpoint:${txid}`,
    `${BITCOIN_MAINNET}:outpoint:${txid}:01`,
    `${BITCOIN_MAINNET}:outpoint:${txid}:4294967296`,
    `${BITCOIN_MAINNET}:outpoint:${txid}:0:0`,
    `${BITCOIN_MAINNET}:outpoint:${txid.toUpperCase()}:0`,
    `${BITCOIN_MAINNET}:nonce:${txid}:0`,
    `bip122:000000000933ea01ad0ee984209779ba:outpoint:${txid}:0`,
    'solana:nonce:a:b:c',
  ])
    expect(() => outpointOfConflictKey(key), key).toThrow('no conflict key');
});
