import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BalanceError, buildTree } from './build-tree.ts';
import { withFileShelf } from './file-shelf.ts';
import { buildFrom, clientsOf, scope, seed, sourceOf } from './testing/sample.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const numRuns = isLong ? 500 : 25;

const amounts = fc.array(
  fc.oneof(fc.constant(0n), fc.bigInt(0n, 1_000n), fc.bigInt(0n, 10n ** 27n)),
  { maxLength: 40 },
);

test('the root adds up to the balances, and each proof to its client’s balance', async () => {
  await fc.assert(
    fc.asyncProperty(amounts, async (of) => {
      const balances = clientsOf(of);
      const { root, proofs, clients } = await buildFrom(balances);
      expect(root.total).toBe(of.reduce((sum, amount) => sum + amount, 0n).toString());
      expect(clients).toBe(of.length);
      expect(2 ** root.depth).toBeGreaterThanOrEqual(4 * of.length);
      for (const { client, amount } of balances) {
        const proof = proofs.get(client);
        expect(proof?.amount).toBe(amount.toString());
        expect(proof?.pieces.every(({ path }) => path.length === root.depth)).toBe(true);
      }
    }),
    { numRuns },
  );
});

test('the same balances and seed give the same tree and proofs, however they are read', async () => {
  await fc.assert(
    fc.asyncProperty(amounts, fc.integer({ min: 1, max: 9 }), async (of, partSize) => {
      const once = await buildFrom(clientsOf(of));
      expect(await buildFrom(clientsOf(of), { partSize })).toEqual(once);
    }),
    { numRuns },
  );
});

test('leaves that lay on the disk give the same tree as leaves in memory', async () => {
  const balances = clientsOf(Array.from({ length: 300 }, (_, index) => BigInt(index) ** 5n));
  const onDisk = await withFileShelf((shelf) =>
    buildTree({ scope, seed, balances: sourceOf(balances, 50), shelf }),
  );
  expect(onDisk).toEqual(await buildFrom(balances, { proofsFor: [] }));
});

test('another seed, snapshot or asset gives another root and other leaf positions', async () => {
  const balances = clientsOf([5n, 7n, 11n]);
  const first = await buildFrom(balances);
  const others = [
    await buildFrom(balances, { seed: new Uint8Array(32).fill(8) }),
    await buildFrom(balances, { scope: { ...scope, asset: 'ETH' } }),
    await buildFrom(balances, { scope: { ...scope, snapshot: 'another' } }),
    await buildFrom(balances, { scope: { ...scope, organisation: 'another' } }),
  ];
  const roots = [first, ...others].map(({ root }) => root.hash);
  expect(new Set(roots).size).toBe(roots.length);
  const positions = [first, ...others].map(({ proofs }) =>
    JSON.stringify(proofs.get('C-10000')?.pieces.map(({ position }) => position)),
  );
  expect(new Set(positions).size).toBe(positions.length);
});

test('no tree is made of balances that are negative, too large, unsorted or there twice', async () => {
  const [one, two] = clientsOf([5n, 7n]);
  if (!one || !two) throw new Error('There are two clients.');
  const wrong = [
    [{ ...one, amount: -1n }, two],
    [{ ...one, amount: 10n ** 78n }, two],
    [
      { ...one, amount: 10n ** 78n - 1n },
      { ...two, amount: 1n },
    ],
    [two, one],
    [one, one],
  ];
  for (const balances of wrong) await expect(buildFrom(balances)).rejects.toThrow(BalanceError);
  await expect(buildFrom([one], { seed: seed.subarray(1) })).rejects.toThrow(RangeError);
});

test('the largest total there can be is carried exactly', async () => {
  const balances = clientsOf([10n ** 78n - 3n, 2n]);
  const { root } = await buildFrom(balances);
  expect(root.total).toBe('9'.repeat(78));
});

test('a proof names nobody but its client, and no leaf shows more than a part of a balance', async () => {
  const balances = clientsOf([3n * 10n ** 15n, ...Array.from({ length: 30 }, () => 10n ** 9n)]);
  const { proofs } = await buildFrom(balances);
  const proof = proofs.get('C-10001');
  const text = JSON.stringify(proof);
  expect(text).not.toMatch(/C-\d/);
  // Of the one large balance no leaf beside these shows more than a small share.
  const beside = proof?.pieces.map(({ path }) => BigInt(path[0]?.sum ?? '0')) ?? [];
  expect(beside.length).toBe(4);
  for (const sum of beside) expect(sum).toBeLessThan(3n * 10n ** 14n);
});
