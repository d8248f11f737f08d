import { describe, expect, test } from 'vitest';
import { joined } from '../bytes.ts';
import type { DklsRefusal } from '../faults.ts';
import { inRound, record, signerOf, victim } from '../testing/hostile-run.ts';
import { dealSigners, freshSubject, runSigning, type Dealt } from '../testing/signers.ts';
import { HEADER } from './header.ts';

const ROUNDS = [1, 2, 3] as const;

describe('a message of something else', () => {
  const dealt = dealSigners(2, 2);
  const subject = freshSubject(dealt, [1, 2]);
  const recorded = record(dealt, subject);
  const from = (key: string): Uint8Array => recorded.get(key) ?? new Uint8Array();

  test('of another session, digest or key of the same pair is foreign, and nobody is banned', () => {
    for (const round of ROUNDS)
      expect(
        victim(
          inRound(round, () => from(`${round}:1>2`)),
          dealt,
        ),
      ).toMatchObject({
        outcome: { ok: false, refusal: 'dkls-session-foreign', culprit: 1, ban: false },
        isPairLeft: true,
      });
  });

  test('of the other direction is foreign, even in the same session', () => {
    for (const round of ROUNDS)
      expect(
        victim(
          inRound(round, (sent) => {
            const back = from(`${round}:2>1`);
            return joined(back.slice(0, 3), sent.slice(3, HEADER), back.slice(HEADER));
          }),
          dealt,
        ).outcome,
      ).toMatchObject({ refusal: 'dkls-session-foreign', culprit: 1, ban: false });
  });

  test('of another round is malformed', () => {
    for (const round of ROUNDS)
      for (const other of ROUNDS.filter((number) => number !== round))
        expect(
          victim(
            inRound(round, () => from(`${other}:1>2`)),
            dealt,
          ).outcome,
        ).toMatchObject({
          refusal: 'dkls-message-malformed',
          ban: false,
        });
  });

  test('of a pair of another epoch or key is foreign, and nobody is banned', () => {
    const apart = dealSigners(2, 2);
    const both: Dealt = {
      publicKey: dealt.publicKey,
      signers: new Map([
        [1, { ...signerOf(dealt, 1), pairs: signerOf(apart, 1).pairs }],
        [2, signerOf(dealt, 2)],
      ]),
    };
    for (const outcome of runSigning(both, freshSubject(both, [1, 2])).values())
      expect(outcome).toMatchObject({ refusal: 'dkls-pair-foreign', ban: false });
  });

  test('with the header rewritten fails a check, for everything in it is bound to the session', () => {
    const rewritten = (round: 1 | 2, refusal: DklsRefusal): void => {
      const fresh = dealSigners(2, 2);
      const old = record(fresh, freshSubject(fresh, [1, 2]));
      const { outcome } = victim(
        inRound(round, (sent) =>
          joined(sent.slice(0, HEADER), (old.get(`${round}:1>2`) ?? sent).slice(HEADER)),
        ),
        fresh,
      );
      expect(outcome).toMatchObject({ refusal, culprit: 1 });
    };
    rewritten(1, 'dkls-transfer-inconsistent');
    rewritten(2, 'dkls-nonce-unopened');
  });
});
