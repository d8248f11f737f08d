import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { dealShares, finishDkg, startDkg } from './dkg.ts';
import { at, done, flipped, membersOf } from './testing/holders.ts';
import { everySuite } from './testing/suites.ts';

const flippedHex = (hex: string, bit: number): string =>
  Buffer.from(flipped(Buffer.from(hex, 'hex'), bit % (hex.length * 4))).toString('hex');

describe.each(everySuite)('%s: what a dealer shows and deals, with one bit changed', (_, suite) => {
  const [RECEIVER, DEALER] = [1, 3];
  const bits = fc.nat(65 * 8 - 1);

  /** All that member 1 sees of a fair key generation, before it looks at any of it. */
  function fairRun() {
    const members = membersOf(3);
    const started = members.map((index) => [index, startDkg(suite, index, members, 2)] as const);
    const packages = new Map(started.map(([index, { revealed }]) => [index, revealed]));
    const states = new Map(started.map(([index, { state }]) => [index, state]));
    const dealt = new Map<number, Uint8Array>(
      members
        .filter((index) => index !== RECEIVER)
        .map((index) => [
          index,
          at(done(dealShares(at(states, index), packages)).shares, RECEIVER).slice(),
        ]),
    );
    return { state: at(states, RECEIVER), packages, dealt };
  }

  /** Member 1's answer to all of that. */
  function answerTo({ state, packages, dealt }: ReturnType<typeof fairRun>) {
    const shares = dealShares(state, packages);
    return shares.ok ? finishDkg(state, packages, dealt) : shares;
  }
  const named = { ok: false, culprit: DEALER };

  type Change = [string, (honest: CeremonyPackage, bit: number) => CeremonyPackage];
  const changes: Change[] = [
    ...[0, 1].map((degree): Change => [
      `its coefficient of degree ${degree}`,
      (honest, bit) => ({
        ...honest,
        coefficients: honest.coefficients.map((hex, place) =>
          place === degree ? flippedHex(hex, bit) : hex,
        ),
      }),
    ]),
    ['its proof', (honest, bit) => ({ ...honest, proof: flippedHex(honest.proof, bit) })],
  ];

  test.each(changes)(
    '%s is refused, at once or by the share, and the dealer named',
    (_what, change) => {
      fc.assert(
        fc.property(bits, (bit) => {
          const run = fairRun();
          run.packages.set(DEALER, change(at(run.packages, DEALER), bit));
          expect(answerTo(run)).toMatchObject(named);
        }),
        { numRuns: 8 },
      );
    },
  );

  test('its share is refused, and the dealer named', () => {
    fc.assert(
      fc.property(fc.nat(255), (bit) => {
        const run = fairRun();
        run.dealt.set(DEALER, flipped(at(run.dealt, DEALER), bit));
        expect(answerTo(run)).toMatchObject({ ...named, refusal: 'ceremony-share-invalid' });
      }),
      { numRuns: 8 },
    );
  });

  test('nothing of it is refused where nothing was changed', () => {
    expect(answerTo(fairRun()).ok).toBe(true);
  });
});
