import { describe, expect, test } from 'vitest';
import { bitOf, joined } from '../bytes.ts';
import { Point, systemRandom } from '../scalars.ts';
import { finishNow } from '../steps.ts';
import { cheatInColumn } from '../testing/cheat.ts';
import {
  AT,
  boxOf,
  flippedAt,
  inRound,
  pairOf,
  record,
  signerOf,
  victim,
} from '../testing/hostile-run.ts';
import { must } from '../testing/pairs.ts';
import { dealSigners, freshSubject, type Dealt, type Tamper } from '../testing/signers.ts';
import { HEADER } from './header.ts';
import { releasePart } from './release.ts';
import { signRound1 } from './round1.ts';
import { signRound2 } from './round2.ts';
import { signRound3 } from './round3.ts';

describe('one-time', () => {
  test('a session is entered once, even for another digest', () => {
    const dealt = dealSigners(2, 2);
    const subject = freshSubject(dealt, [1, 2]);
    must(finishNow(signRound1(subject, signerOf(dealt, 1))));
    for (const again of [subject, { ...subject, digest: systemRandom(32) }])
      expect(finishNow(signRound1(again, signerOf(dealt, 1)))).toEqual({
        ok: false,
        refusal: 'dkls-session-repeated',
        culprit: null,
        ban: false,
      });
  });

  test('each step’s secrets are gone after it, whether it succeeded or not', () => {
    const dealt = dealSigners(2, 2);
    const subject = freshSubject(dealt, [1, 2]);
    const opened = must(finishNow(signRound1(subject, signerOf(dealt, 1))));
    finishNow(signRound2(opened.state, new Map()));
    expect(() => finishNow(signRound2(opened.state, new Map()))).toThrow();
  });

  test('two peers have different Δ, and two sessions different streams and shares of zero', () => {
    const dealt = dealSigners(3, 2);
    expect(pairOf(dealt, 1, 2).secrets().delta).not.toEqual(pairOf(dealt, 1, 3).secrets().delta);
    const digest = systemRandom(32);
    const runs = [0, 1].map(() => record(dealt, freshSubject(dealt, [1, 2], digest)));
    const keyShares = runs.map((run) =>
      (run.get('2:1>2') ?? new Uint8Array()).slice(AT.keyShare, AT.keyShare + 33),
    );
    expect(keyShares[0]).not.toEqual(keyShares[1]);
    expect(Point.fromBytes(keyShares[0] ?? new Uint8Array()).equals(Point.ZERO)).toBe(false);
  });
});

describe('selective failure', () => {
  /** What signer 1 sends in round 1, with one column changed and proved as if it were not. */
  function cheating(dealt: Dealt, column: number): Tamper {
    const pair = pairOf(dealt, 1, 2);
    return inRound(1, (sent) => {
      const at = HEADER + 32;
      const masked = sent.slice(at, at + 128 * 78);
      const id = { session: sent.slice(3, 35), pair: pair.id, receiver: 1, sender: 2 };
      const honest = { masked, choiceProof: new Uint8Array(), columnProof: new Uint8Array() };
      const lie = cheatInColumn(id, pair.secrets().bothKeys, honest, column);
      return joined(sent.slice(0, at), lie.masked, lie.choiceProof, lie.columnProof);
    });
  }

  test('each try tells one bit of Δ, the first that meets a 1 ends the pair, and then there is nothing more to ask', () => {
    for (let run = 0; run < 6; run += 1) {
      const dealt = dealSigners(2, 2);
      const delta = pairOf(dealt, 2, 1).secrets().delta.slice();
      for (let column = 0; ; column += 1) {
        const { outcome, isPairLeft } = victim(cheating(dealt, column), dealt);
        const isTransferFault = !outcome.ok && outcome.refusal === 'dkls-transfer-inconsistent';
        expect(isTransferFault).toBe(bitOf(delta, column) === 1);
        expect(isPairLeft).toBe(!isTransferFault);
        // k bits are learned with chance 2^-k, as by guessing them: the pair does not outlive the first 1.
        if (isTransferFault) break;
      }
      expect(finishNow(signRound1(freshSubject(dealt, [1, 2]), signerOf(dealt, 2)))).toEqual({
        ok: false,
        refusal: 'dkls-pair-destroyed',
        culprit: 1,
        ban: false,
      });
    }
  });

  test('sessions that run beside the one that failed stop at their next step', () => {
    const dealt = dealSigners(2, 2);
    const start = () => {
      const subject = freshSubject(dealt, [1, 2]);
      const [a, b] = [1, 2].map((index) =>
        must(finishNow(signRound1(subject, signerOf(dealt, index)))),
      );
      if (!a || !b) throw new Error('missing');
      return { a, b };
    };
    const answered = ({ a, b }: ReturnType<typeof start>) => ({
      a: must(finishNow(signRound2(a.state, boxOf(2, b.messages.get(1))))),
      b: must(finishNow(signRound2(b.state, boxOf(1, a.messages.get(2))))),
    });
    const inTwo = start();
    const inThree = answered(start());
    const inRelease = answered(start());
    const checked = must(
      finishNow(signRound3(inRelease.b.state, boxOf(1, inRelease.a.messages.get(2)))),
    );
    const { outcome } = victim(
      inRound(2, (sent) => flippedAt(sent, HEADER + 400)),
      dealt,
    );
    expect(outcome).toMatchObject({ refusal: 'dkls-product-inconsistent', ban: true });
    const gone = { ok: false, refusal: 'dkls-pair-destroyed', culprit: 1, ban: false };
    expect(finishNow(signRound2(inTwo.b.state, boxOf(1, inTwo.a.messages.get(2))))).toEqual(gone);
    expect(finishNow(signRound3(inThree.b.state, boxOf(1, inThree.a.messages.get(2))))).toEqual(
      gone,
    );
    expect(releasePart(checked.state)).toEqual(gone);
  });
});
