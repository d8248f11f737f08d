import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitOf } from '../bytes.ts';
import { extendAsReceiver } from '../extension/receive.ts';
import { extendAsSender } from '../extension/send.ts';
import { ROWS, type ExtensionId } from '../extension/matrix.ts';
import { padsOf } from '../extension/pads.ts';
import { ORDER, reduceWide, scalarsBytes, scalarsFrom, systemRandom } from '../scalars.ts';
import { dealTransfers } from '../testing/transfers.ts';
import { checkDigest, checkValues, weightsOf } from './check.ts';
import { chosenScalar, gadget, type Pair } from './gadget.ts';
import { multiplyAsAlice, type ProductMessage } from './multiply-alice.ts';
import { multiplyAsBob } from './multiply-bob.ts';

const { receiverKeys, senderSecrets } = dealTransfers();

/** Both masks of Alice's check come from these bytes, so that a cheat can be played with them. */
const maskBytes = systemRandom(48);

function multiplied(inputs: Pair) {
  const id: ExtensionId = {
    session: systemRandom(32),
    pair: new Uint8Array(32),
    receiver: 1,
    sender: 2,
  };
  const bob = extendAsReceiver(id, receiverKeys);
  const rows = extendAsSender(id, senderSecrets, bob.message);
  if (!rows) throw new Error('refused');
  const alice = multiplyAsAlice(id, { rows, delta: senderSecrets.choices, inputs }, () =>
    maskBytes.slice(),
  );
  return { id, bob, rows, alice, inputs };
}

const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });

describe('multiplication', () => {
  test('for any two inputs the shares add up to their products with Bob’s random number', () => {
    fc.assert(
      fc.property(scalar, scalar, (first, second) => {
        const { id, bob, alice } = multiplied([first, second]);
        const shares = multiplyAsBob(id, bob.secrets, alice.message);
        const b = chosenScalar(bob.secrets.choices);
        expect([
          (alice.shares[0] + (shares?.[0] ?? 0n)) % ORDER,
          (alice.shares[1] + (shares?.[1] ?? 0n)) % ORDER,
        ]).toEqual([(first * b) % ORDER, (second * b) % ORDER]);
      }),
      {
        numRuns: 10,
        examples: [
          [0n, 0n],
          [1n, ORDER - 1n],
        ],
      },
    );
  });

  test('the public weights are 416 different scalars and never change', () => {
    expect(new Set(gadget()).size).toBe(ROWS);
    expect(gadget()).toBe(gadget());
  });
});

describe('multiplication refuses', () => {
  const { id, bob, alice } = multiplied([5n, 7n]);
  const refused = (message: ProductMessage): boolean =>
    multiplyAsBob(id, bob.secrets, message) === null;
  const changed = (bytes: Uint8Array, index: number): Uint8Array => {
    const list = scalarsFrom(bytes);
    list[index] = ((list[index] ?? 0n) + 1n) % ORDER;
    return scalarsBytes(list);
  };

  test('a corrected row that stands for other inputs, whichever its choice', () => {
    for (let row = 0; row < 24; row += 1)
      for (const column of [0, 1, 2, 3]) {
        const corrections = changed(alice.message.corrections, row * 4 + column);
        expect(refused({ ...alice.message, corrections })).toBe(true);
      }
  });

  test('another η and another μ', () => {
    for (const index of [0, 1])
      expect(
        refused({ ...alice.message, checkSums: changed(alice.message.checkSums, index) }),
      ).toBe(true);
    expect(refused({ ...alice.message, digest: systemRandom(32) })).toBe(true);
  });

  test('the message of another session', () => {
    const other = multiplied([5n, 7n]);
    expect(refused(other.alice.message)).toBe(true);
  });

  test('numbers that are not below the order', () => {
    const corrections = alice.message.corrections.slice();
    corrections.fill(255, 0, 32);
    expect(() => refused({ ...alice.message, corrections })).toThrow();
  });
});

/** Corrects one row by another input, and computes everything else as if that were right. */
function cheatInRow({ id, rows, alice, inputs }: ReturnType<typeof multiplied>, row: number) {
  const list = scalarsFrom(alice.message.corrections);
  list[row * 4] = ((list[row * 4] ?? 0n) + 1n) % ORDER;
  const corrections = scalarsBytes(list);
  const weights = weightsOf(id, corrections);
  const mask = reduceWide(maskBytes, 0);
  const checkSums = scalarsBytes(
    weights.map(([first, second]) => (mask + first * inputs[0] + second * inputs[1]) % ORDER),
  );
  const digest = checkDigest(
    id,
    checkValues(padsOf(id, rows), weights, () => 0n),
  );
  return { corrections, checkSums, digest };
}

test('an Alice that cheats in one row learns that choice from the outcome: a failed check bans', () => {
  for (let row = 0; row < 8; row += 1) {
    const run = multiplied([11n, 13n]);
    const { choices } = run.bob.secrets;
    const passed = multiplyAsBob(run.id, run.bob.secrets, cheatInRow(run, row)) !== null;
    expect(passed).toBe(bitOf(choices, row) === 0);
  }
});
