import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findScriptFault } from './script-check.ts';
import { signPayment, testKey } from './testing/signed.ts';
import { readTxHex } from './wire.ts';

const path = new URL(
  '../../chains/bitcoin/vectors/bip341-wallet-test-vectors.json',
  import.meta.url,
);
const vectors = z
  .object({
    keyPathSpending: z.array(
      z.object({
        given: z.object({
          utxosSpent: z.array(z.object({ scriptPubKey: z.string(), amountSats: z.int() })),
        }),
        inputSpending: z.array(z.object({ given: z.object({ txinIndex: z.int() }) })),
        auxiliary: z.object({ fullySignedTx: z.string() }),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path, 'utf8')));

describe.each(vectors.keyPathSpending)('the key path spending of BIP341', (vector) => {
  const hex = vector.auxiliary.fullySignedTx;
  const spent = vector.given.utxosSpent.map(({ scriptPubKey, amountSats }) => ({
    script: scriptPubKey,
    value: BigInt(amountSats),
  }));

  it('is judged good', () => {
    expect(findScriptFault(readTxHex(hex), spent)).toBeNull();
  });

  it('is refused with any other amount or script of an output that is spent', () => {
    for (const { given } of vector.inputSpending) {
      const other = spent.map((output, index) =>
        index === given.txinIndex ? { ...output, value: output.value + 1n } : output,
      );
      expect(findScriptFault(readTxHex(hex), other)).not.toBeNull();
    }
    const swapped = [...spent].reverse();
    expect(findScriptFault(readTxHex(hex), swapped)).not.toBeNull();
  });

  it('is refused with one flipped bit in any signature', () => {
    const tx = readTxHex(hex);
    for (const { given } of vector.inputSpending) {
      const signature = tx.inputs[given.txinIndex]?.witness[0] ?? '';
      for (const at of [0, 31, 32, 63]) {
        const bytes = Buffer.from(signature, 'hex');
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        const flipped = hex.replace(signature, bytes.toString('hex'));
        expect(flipped).not.toBe(hex);
        expect(findScriptFault(readTxHex(flipped), spent)).not.toBeNull();
      }
    }
  });

  it('is refused when fewer outputs are given than it spends', () => {
    expect(findScriptFault(readTxHex(hex), spent.slice(1))).not.toBeNull();
  });
});

describe('a key whose x begins with a byte of zeros, as one in 256 does', () => {
  const key = testKey(Uint8Array.from(Buffer.from('007d'.padStart(64, '0'), 'hex')));
  const script = Buffer.from(key.taproot.script).toString('hex');
  const hex = signPayment(key, {
    coins: [{ txid: 'ab'.repeat(32), vout: 0, value: 100_000n, kind: 'taproot' }],
    to: [{ address: key.taproot.address, value: 99_000n }],
  });

  it('spends as any other', () => {
    expect(script).toMatch(/^512000/);
    expect(findScriptFault(readTxHex(hex), [{ script, value: 100_000n }])).toBeNull();
  });

  it('is refused with another amount as any other', () => {
    expect(findScriptFault(readTxHex(hex), [{ script, value: 100_001n }])).not.toBeNull();
  });
});
