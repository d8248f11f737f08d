import { describe, expect, test } from 'vitest';
import { joined } from '../bytes.ts';
import type { DklsRefusal } from '../faults.ts';
import { OneTime } from '../one-time.ts';
import { Fn, pointBytes, scalarBytes, timesBase } from '../scalars.ts';
import { finishNow } from '../steps.ts';
import {
  AT,
  boxOf,
  flippedAt,
  inRound,
  pairOf,
  signerOf,
  victim,
  withBytes,
} from '../testing/hostile-run.ts';
import { must } from '../testing/pairs.ts';
import {
  dealSigners,
  freshSubject,
  runSigning,
  type Dealt,
  type Tamper,
} from '../testing/signers.ts';
import { CORRECTIONS } from '../vole/multiply-alice.ts';
import { HEADER } from './header.ts';
import { SIGN_MESSAGE } from './messages.ts';
import { nonceCommitment, signRound1 } from './round1.ts';
import { signRound2 } from './round2.ts';
import { signRound3 } from './round3.ts';

const gammaU = SIGN_MESSAGE[2] - 32 - 66;

describe('a lie that is well formed', () => {
  test.each<[string, number, DklsRefusal, number | null, boolean]>([
    ['-R for R', AT.nonce, 'dkls-nonce-unopened', 1, false],
    ['another key share', AT.keyShare, 'dkls-key-differs', null, false],
    ['another Γu', gammaU, 'dkls-input-inconsistent', 1, true],
    ['another Γv', gammaU + 33, 'dkls-input-inconsistent', 1, true],
  ])('%s', (_, place, refusal, culprit, ban) => {
    // The first byte of a point says which of both points with that x it is.
    const { outcome, isPairLeft } = victim(inRound(2, (sent) => flippedAt(sent, place)));
    expect(outcome).toEqual({ ok: false, refusal, culprit, ban });
    expect(isPairLeft).toBe(!ban);
  });

  test('the identity is no point, and a number of the order or more no number', () => {
    for (const place of [AT.nonce, AT.keyShare, gammaU, gammaU + 33])
      expect(
        victim(inRound(2, (sent) => withBytes(sent, place, new Uint8Array(33)))).outcome,
      ).toMatchObject({ refusal: 'dkls-message-malformed', culprit: 1, ban: false });
    const order = Uint8Array.from(Buffer.from(Fn.ORDER.toString(16), 'hex'));
    const corrections = HEADER + 130;
    for (const place of [corrections, corrections + CORRECTIONS - 32, SIGN_MESSAGE[2] - 32])
      expect(victim(inRound(2, (sent) => withBytes(sent, place, order))).outcome).toMatchObject({
        refusal: 'dkls-message-malformed',
        culprit: 1,
        ban: false,
      });
    for (const place of [HEADER, HEADER + 32])
      expect(victim(inRound(3, (sent) => withBytes(sent, place, order))).outcome).toMatchObject({
        refusal: 'dkls-message-malformed',
        culprit: 1,
        ban: false,
      });
  });

  test('multiplying by another nonce than the one shown bans', () => {
    const dealt = dealSigners(2, 2);
    const subject = freshSubject(dealt, [1, 2]);
    const [liar, honest] = [1, 2].map((index) =>
      must(finishNow(signRound1(subject, signerOf(dealt, index)))),
    );
    if (!liar || !honest) throw new Error('missing');
    const taken = liar.state.take();
    const forged = new OneTime({ ...taken, nonce: Fn.add(taken.nonce, 1n) }, () => {});
    const lie = must(finishNow(signRound2(forged, boxOf(2, honest.messages.get(1)))));
    const two = must(finishNow(signRound2(honest.state, boxOf(1, liar.messages.get(2)))));
    expect(finishNow(signRound3(two.state, boxOf(1, lie.messages.get(2))))).toEqual({
      ok: false,
      refusal: 'dkls-input-inconsistent',
      culprit: 1,
      ban: true,
    });
    expect(pairOf(dealt, 2, 1).isErased).toBe(true);
  });

  test('a share that is not of the key names nobody, bans nobody, and the pair signs afterwards', () => {
    const dealt = dealSigners(2, 2);
    const wrong: Dealt = {
      ...dealt,
      signers: new Map(dealt.signers).set(1, {
        ...signerOf(dealt, 1),
        signingShare: scalarBytes(5n),
      }),
    };
    const outcomes = runSigning(wrong, freshSubject(wrong, [1, 2]));
    for (const index of [1, 2])
      expect(outcomes.get(index)).toEqual({
        ok: false,
        refusal: 'dkls-key-differs',
        culprit: null,
        ban: false,
      });
    for (const outcome of runSigning(dealt, freshSubject(dealt, [1, 2])).values())
      expect(outcome.ok).toBe(true);
  });

  test('two stories about one nonce are found by the echo', () => {
    const dealt = dealSigners(3, 3);
    const other = 77n;
    const blind = new Uint8Array(32).fill(9);
    const tamper: Tamper = (message, { round, from, to }) => {
      if (from !== 3 || to !== 2) return message;
      const name = message.slice(3, 35);
      const nonce = timesBase(other);
      if (round === 1) return withBytes(message, HEADER, nonceCommitment(name, 3, nonce, blind));
      return round === 2 ? withBytes(message, AT.nonce, joined(pointBytes(nonce), blind)) : message;
    };
    const outcomes = runSigning(dealt, freshSubject(dealt, [1, 2, 3]), tamper);
    for (const outcome of outcomes.values())
      expect(outcome).toEqual({
        ok: false,
        refusal: 'dkls-echo-differs',
        culprit: null,
        ban: false,
      });
  });
});
