import { describe, expect, test } from 'vitest';
import { Fn, Point, scalarFrom, systemRandom, timesBase } from '../scalars.ts';
import { flippedAt, pairOf, signerOf } from '../testing/hostile-run.ts';
import { dealSigners, freshSubject, runSigning } from '../testing/signers.ts';
import { HEADER } from './header.ts';
import { sessionOf, shareWeight } from './session.ts';
import { zeroShare } from './zero-share.ts';

const dealt = dealSigners(5, 3);
const QUORUMS = [
  [1, 2, 3],
  [1, 3, 5],
  [2, 4, 5],
];

describe('what the signers of a quorum hold', () => {
  const sessionsOf = (quorum: number[], session = systemRandom(32)) => {
    const subject = { ...freshSubject(dealt, quorum), session };
    return quorum.map((index) => sessionOf(subject, signerOf(dealt, index)));
  };

  test.each(QUORUMS)(
    'shares of zero add up to zero, and are fresh in each session: %i %i %i',
    (...quorum) => {
      const [one, other] = [sessionsOf(quorum), sessionsOf(quorum)].map((all) =>
        all.map(zeroShare),
      );
      expect(Fn.create((one ?? []).reduce((sum, of) => sum + of, 0n))).toBe(0n);
      expect(one).not.toEqual(other);
      expect(one?.every((share) => share !== 0n)).toBe(true);
    },
  );

  test.each(QUORUMS)('weighted shares add up to the key: %i %i %i', (...quorum) => {
    const sum = sessionsOf(quorum).reduce(
      (total, session) =>
        total + shareWeight(session) * scalarFrom(signerOf(dealt, session.index).signingShare),
      0n,
    );
    expect(timesBase(Fn.create(sum)).equals(Point.fromBytes(dealt.publicKey))).toBe(true);
  });
});

test('among three signers the liar is named, and only the pair with it is banned', () => {
  const cases = [
    { round: 1, place: HEADER + 32 + 5_000, refusal: 'dkls-transfer-inconsistent' },
    { round: 2, place: HEADER + 130 + 31 + 32 * 1_000, refusal: 'dkls-product-inconsistent' },
  ];
  for (const { round, place, refusal } of cases) {
    const own = dealSigners(5, 3);
    const outcomes = runSigning(own, freshSubject(own, [1, 3, 5]), (message, of) =>
      of.round === round && of.from === 3 && of.to === 5 ? flippedAt(message, place) : message,
    );
    expect(outcomes.get(5)).toEqual({ ok: false, refusal, culprit: 3, ban: true });
    expect(pairOf(own, 5, 3).isErased).toBe(true);
    expect(pairOf(own, 5, 1).isErased).toBe(false);
    // The others only miss what 5 would have sent next.
    for (const index of [1, 3])
      expect(outcomes.get(index)).toEqual({
        ok: false,
        refusal: 'dkls-message-missing',
        culprit: 5,
        ban: false,
      });
    for (const outcome of runSigning(own, freshSubject(own, [1, 2, 5])).values())
      expect(outcome.ok).toBe(true);
  }
});

describe('a session that does not hang together is not begun', () => {
  const subject = freshSubject(dealt, [1, 2, 3]);
  const signer = signerOf(dealt, 1);
  test.each([
    ['a quorum of one', { ...subject, quorum: [1] }, signer],
    ['an unordered quorum', { ...subject, quorum: [2, 1, 3] }, signer],
    ['a member twice', { ...subject, quorum: [1, 1, 2] }, signer],
    ['index 0', { ...subject, quorum: [0, 1, 2] }, signer],
    ['a signer outside the quorum', { ...subject, quorum: [2, 3, 4] }, signer],
    ['a short session id', { ...subject, session: new Uint8Array(31) }, signer],
    ['a long digest', { ...subject, digest: new Uint8Array(33) }, signer],
    ['a key that is no point', { ...subject, publicKey: new Uint8Array(33) }, signer],
    [
      'a share that is no number',
      subject,
      { ...signer, signingShare: new Uint8Array(32).fill(255) },
    ],
    ['a missing pair', subject, { ...signer, pairs: new Map() }],
    ['pairs of another signer', subject, { ...signer, pairs: signerOf(dealt, 2).pairs }],
  ])('%s', (_, of, by) => {
    expect(() => sessionOf(of, by)).toThrow();
  });
});
