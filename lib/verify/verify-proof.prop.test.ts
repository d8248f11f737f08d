import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientsOf, documentsFrom } from '#lib/ledger/liabilities/testing/sample.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { LiabilityProof, ReservesSnapshot } from '#lib/protocol/reserves.ts';
import { verifyProof } from './verify-proof.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const numRuns = isLong ? 20_000 : 400;

const { snapshot, proofs } = await documentsFrom(clientsOf([500n, 0n, 12_345n, 10n ** 20n, 77n]));
const proof = proofs.get('C-10002') as LiabilityProof;

const changed = <T>(of: T, change: (copy: T) => void): T => {
  const copy = structuredClone(of);
  change(copy);
  return copy;
};

/** The proof after a change, under a snapshot whose digest it names. */
const answerTo = (
  change: (copy: { snapshot: ReservesSnapshot; proof: LiabilityProof }) => void,
): ReturnType<typeof verifyProof> => {
  const documents = changed({ snapshot, proof }, change);
  documents.proof.snapshotDigest = digestOf(documents.snapshot);
  return verifyProof(documents);
};

const piece = (of: LiabilityProof, at = 0): LiabilityProof['assets'][number]['pieces'][number] => {
  const found = of.assets[0]?.pieces[at];
  if (!found) throw new Error('The sample has this piece.');
  return found;
};

test('the proof of every client is accepted, a balance of nothing too', () => {
  for (const [client, of] of proofs)
    expect(verifyProof({ snapshot, proof: of })).toMatchObject({ ok: true, client });
  expect(verifyProof({ snapshot, proof })).toEqual({
    ok: true,
    client: 'C-10002',
    balances: [{ asset: 'SOL', amount: '12345' }],
  });
});

/** Another value of the same form. */
const otherHex = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);

test('any change of a leaf, a path, a sum or the root is refused', () => {
  const pieces = proof.assets[0]?.pieces.length ?? 0;
  fc.assert(
    fc.property(
      fc.nat({ max: pieces - 1 }),
      fc.nat({ max: 6 }),
      fc.nat({ max: 63 }),
      fc.bigInt(1n, 10n ** 22n),
      fc.constantFrom(
        'salt',
        'position',
        'hash',
        'sum',
        'swap',
        'root',
        'total',
        'client',
        'piece',
      ),
      (at, height, nibble, more, what) => {
        const answer = answerTo(({ snapshot: of, proof: copy }) => {
          const target = piece(copy, at);
          const step = target.path[height];
          const root = of.liabilities[0];
          if (!step || !root) throw new Error('The sample is this deep.');
          if (what === 'salt') target.salt = otherHex(target.salt, nibble);
          if (what === 'position') target.position ^= 1 << height;
          if (what === 'hash') step.hash = otherHex(step.hash, nibble);
          if (what === 'sum') step.sum = (BigInt(step.sum) + more).toString();
          if (what === 'swap') target.path.reverse();
          if (what === 'root') root.hash = otherHex(root.hash, nibble);
          if (what === 'total') root.total = (BigInt(root.total) + more).toString();
          if (what === 'client') copy.client = 'C-10001';
          if (what === 'piece') target.piece = target.piece === 100 ? 101 : 100;
        });
        expect(answer.ok).toBe(false);
      },
    ),
    { numRuns },
  );
});

test('an amount that was moved between pieces, or to another balance, is refused', () => {
  const moved = answerTo(({ proof: copy }) => {
    const [from, to] = [piece(copy, 0), piece(copy, 1)];
    to.amount = (BigInt(to.amount) + BigInt(from.amount)).toString();
    from.amount = '0';
  });
  expect(moved).toEqual({ ok: false, refusal: 'root-differs' });
  const lower = answerTo(({ proof: copy }) => {
    if (copy.assets[0]) copy.assets[0].amount = '12344';
  });
  expect(lower).toEqual({ ok: false, refusal: 'pieces-do-not-add-up' });
});

test('a leaf that is counted twice is refused', () => {
  const twice = answerTo(({ proof: copy }) => {
    const asset = copy.assets[0];
    const first = piece(copy);
    asset?.pieces.push(structuredClone(first));
    if (asset) asset.amount = (BigInt(asset.amount) + BigInt(first.amount)).toString();
  });
  expect(twice).toEqual({ ok: false, refusal: 'piece-twice' });
});

test('a path that is too short, a place outside the tree and a sum beyond the limit are refused', () => {
  const short = answerTo(({ proof: copy }) => void piece(copy).path.pop());
  expect(short).toEqual({ ok: false, refusal: 'path-length-wrong' });
  const outside = answerTo(({ proof: copy }) => void (piece(copy).position = 128 + 5));
  expect(outside.ok).toBe(false);
  const beyond = answerTo(({ proof: copy }) => {
    const step = piece(copy).path[0];
    if (step) step.sum = '9'.repeat(78);
  });
  expect(beyond).toEqual({ ok: false, refusal: 'sum-out-of-range' });
});

test('negative, fractional and padded numbers are no amounts', () => {
  for (const amount of ['-1', '1.5', '01', '1e3', ' 1', '9'.repeat(79)]) {
    const answer = answerTo(({ proof: copy }) => void (piece(copy).amount = amount));
    expect(answer).toEqual({ ok: false, refusal: 'proof-malformed' });
  }
});

test('a proof of another snapshot is refused, and so is what is no document at all', () => {
  const other = changed(snapshot, (of) => void (of.close.lastJournal = '13'));
  expect(verifyProof({ snapshot: other, proof })).toEqual({
    ok: false,
    refusal: 'proof-of-another-snapshot',
  });
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (left, right) => {
      expect(verifyProof({ snapshot: left, proof }).ok).toBe(false);
      expect(verifyProof({ snapshot, proof: right }).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});
