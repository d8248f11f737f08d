/**
 * Stories of few steps: rivals that people stated reach two honest parties in any order, by people or with
 * the words of a third in hostile hands, which signs whatever it likes; versions are built on them; time
 * passes; the two talk when they can, and never go without for a whole round. At the end both hold the
 * same, and what both held for good nobody took from them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { adopt } from '../client/party-client.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { askAbout, postTo, talk } from '../testing/peer-talk.ts';
import { rivalPolicies, tighterPolicy, wordOf } from '../testing/rivals.ts';
import { ROUND } from './give-way.ts';
import { checkMarks } from './marks.ts';
import { reloadTrust } from './party.ts';
import { standingOf } from './standing.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const RUNS = isLong ? 500 : 20;
const lifetimes = Object.fromEntries(
  intentKind.options.map((kind) => [kind, 7 * 86_400]),
) as Policy['lifetimes'];

const honest = fc.constantFrom<0 | 1>(0, 1);
const rival = fc.nat(2);
const step = fc.oneof(
  fc.record({ kind: fc.constant('state'), to: honest, rival } as const),
  fc.record({ kind: fc.constant('build'), to: honest, rival } as const),
  // The third hands over words of its own, and what the other honest party once signed.
  fc.record({ kind: fc.constant('lie'), to: honest, rival, forGood: fc.boolean() } as const),
  fc.record({ kind: fc.constant('join'), rival } as const),
  fc.record({ kind: fc.constant('talk'), withThird: fc.boolean() } as const),
  fc.record({ kind: fc.constant('wait'), rounds: fc.constantFrom(0.01, 0.2, 0.9) } as const),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(custody: LocalCustody, steps: readonly Step[]): Promise<void> {
  const { organisation, parties, clock } = custody;
  const [one, other, third] = parties;
  const rivals = rivalPolicies(organisation, 3);
  const built = rivals.map(({ intent }) => tighterPolicy(organisation, '50', intent.policy));
  const kept: Awaited<ReturnType<typeof adopt>>[] = [];
  // Each reads what the other held before either took anything over.
  const bothTalk = async (): Promise<void> => {
    for (let times = 0; times < 2; times += 1)
      await Promise.all([
        askAbout(one.party, other.party.config.name, postTo(other.party)),
        askAbout(other.party, one.party.config.name, postTo(one.party)),
      ]);
  };
  for (const next of steps) {
    if (next.kind === 'wait') {
      clock.ahead += next.rounds * ROUND;
      await bothTalk();
    } else if (next.kind === 'talk') {
      await bothTalk();
      if (next.withThird) await talk(one.party, other.party, third.party);
    } else {
      const bundle = next.kind === 'build' ? built[next.rival] : rivals[next.rival];
      if (!bundle) throw new Error('There are three.');
      if (next.kind === 'join') await adopt(third.client, bundle);
      else {
        const target = next.to === 0 ? one : other;
        const old = kept.flatMap((answer) => (answer.ok ? [answer.value] : []));
        const about = wordOf(
          third.party,
          bundle,
          next.kind === 'lie' && next.forGood ? { forGood: true } : {},
        );
        const receipts =
          next.kind === 'lie'
            ? [
                about,
                ...old.filter(
                  ({ receipt }) =>
                    receipt.intentDigest === about.receipt.intentDigest &&
                    receipt.party !== target.party.config.name,
                ),
              ]
            : [];
        kept.push(await adopt(target.client, bundle, receipts.slice(-16)));
      }
    }
  }
  await bothTalk();
  clock.ahead += 31_000;
  await bothTalk();
  expect(standingOf(one.party)).toBe(standingOf(other.party));
  await holdsForGood(custody, rivals);
  for (const { party } of [one, other]) {
    checkMarks(party);
    reloadTrust(party);
  }
}

/** Nothing that the third does moves them once the rounds are over. */
async function holdsForGood(
  { parties, clock }: LocalCustody,
  rivals: ReturnType<typeof rivalPolicies>,
): Promise<void> {
  const [one, other, third] = parties;
  await talk(one.party, other.party);
  clock.ahead += 2 * ROUND + 1_000;
  const held = standingOf(one.party);
  if (one.party.trust?.policy.version === 1) return;
  for (const bundle of rivals)
    for (const target of [one, other])
      await adopt(target.client, bundle, [wordOf(third.party, bundle, { forGood: true })]);
  await talk(one.party, other.party, third.party);
  expect([standingOf(one.party), standingOf(other.party)]).toEqual([held, held]);
}

describe('rivals among two honest parties and a hostile third', () => {
  test(
    'part nobody in any order, and move nobody once the rounds are over',
    { timeout: isLong ? 1_800_000 : 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
          const custody = openLocalCustody(undefined, undefined, { lifetimes });
          try {
            await play(custody, steps);
          } finally {
            custody.remove();
          }
        }),
        { numRuns: RUNS },
      );
    },
  );
});
