import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterEvent,
  againAfter,
  keyWork,
  keyWorkOn,
  newKeyWork,
  pairSteps,
  roundsOf,
  type KeyWork,
  type KeyWorkEvent,
} from './key-work.ts';
import { answerWords } from './key-work-view.ts';
import { viewKeyWork } from './key-work-words.ts';

const names = Array.from({ length: 16 }, (_, place) => `party-${place + 1}`);
const parties = fc.integer({ min: 2, max: 16 }).map((count) => names.slice(0, count));
const suite = fc.constantFrom(
  'FROST-ED25519-SHA512-v1' as const,
  'FROST-secp256k1-SHA256-TR-v1' as const,
  'DKLS23-secp256k1-SHA256-v1' as const,
);
const kind = fc.constantFrom('key-ceremony' as const, 'key-refresh' as const);
const start = fc
  .record({ kind, attempt: fc.integer({ min: 1, max: 3 }), parties, suite })
  .map(newKeyWork);

const eventsOf = (work: KeyWork): fc.Arbitrary<KeyWorkEvent[]> => {
  const party = fc.constantFrom(...work.parties);
  const pair = fc
    .tuple(party, party)
    .filter(([one, other]) => one !== other)
    .map(([one, other]): [string, string] =>
      work.parties.indexOf(one) < work.parties.indexOf(other) ? [one, other] : [other, one],
    );
  const event: fc.Arbitrary<KeyWorkEvent> = fc.oneof(
    fc.constantFrom(...roundsOf[work.kind]).map((round) => ({ is: 'round' as const, round })),
    party.map((name) => ({ is: 'answer' as const, party: name })),
    party.map((name) => ({ is: 'stopped' as const, party: name, refusal: 'party-timeout' })),
    ...(work.pairCount === 0
      ? []
      : [
          fc
            .record({ of: pair, step: fc.constantFrom(...pairSteps, 'ready' as const) })
            .map(({ of, step }) => ({ is: 'pair' as const, of, step })),
        ]),
  );
  return fc.array(event, { maxLength: 60 });
};
const run = start.chain((work) => eventsOf(work).map((events) => ({ work, events })));

const after = (work: KeyWork, events: readonly KeyWorkEvent[]): KeyWork =>
  events.reduce(afterEvent, work);

describe('how far a key is', () => {
  it('stays a document that can be kept and read again, whatever happens', () => {
    fc.assert(
      fc.property(run, ({ work, events }) => {
        const known = after(work, events);
        expect(keyWork.parse(known)).toEqual(known);
        expect(JSON.stringify(known).length).toBeLessThan(40_000);
        expect(keyWorkOn(JSON.parse(JSON.stringify(known)), known.attempt)).toEqual(known);
        expect(keyWorkOn(known, known.attempt + 1)).toBeNull();
      }),
    );
  });

  it('never says that more is done than there is, and names every party and pair once', () => {
    fc.assert(
      fc.property(run, ({ work, events }) => {
        const { rounds, pairs, answers, state, stop } = viewKeyWork(after(work, events));
        expect(rounds.done).toBeLessThanOrEqual(rounds.of);
        expect(rounds.steps.filter((step) => step.state === 'through')).toHaveLength(rounds.done);
        expect(state === 'stopped').toBe(stop !== null);
        if (answers)
          expect([...answers.have, ...answers.open].toSorted()).toEqual(
            [...work.parties].toSorted(),
          );
        expect(pairs === null).toBe(work.pairCount === 0);
        if (pairs) {
          expect(pairs.of).toBe(work.pairCount);
          expect(pairs.done).toBeLessThanOrEqual(pairs.of);
          expect(new Set(pairs.steps.map(({ of }) => of.join())).size).toBe(pairs.of);
        }
      }),
    );
  });

  it('is through in every round and pair once the parties are', () => {
    fc.assert(
      fc.property(start, (work) => {
        const rounds = roundsOf[work.kind].flatMap((round): KeyWorkEvent[] => [
          { is: 'round', round },
          ...work.parties.map((party) => ({ is: 'answer' as const, party })),
        ]);
        const pairs = work.parties.flatMap((one, place) =>
          work.parties
            .slice(place + 1)
            .flatMap((other): KeyWorkEvent[] =>
              work.pairCount === 0 ? [] : [{ is: 'pair', of: [one, other], step: 'ready' }],
            ),
        );
        const view = viewKeyWork(after(work, [...rounds, ...pairs, { is: 'through' }]));
        expect(view.state).toBe('through');
        expect(view.rounds.done).toBe(view.rounds.of);
        expect(view.pairs?.done).toBe(view.pairs?.of);
        expect(view.answers).toBeNull();
      }),
    );
  });
});

it('is the same document in whichever order the parties answer', () => {
  fc.assert(
    fc.property(
      start.chain((work) =>
        fc.record({
          work: fc.constant(work),
          one: fc.shuffledSubarray(work.parties, { minLength: work.parties.length }),
          other: fc.shuffledSubarray(work.parties, { minLength: work.parties.length }),
        }),
      ),
      ({ work, one, other }) => {
        const answered = (parties: string[]): KeyWork =>
          after(
            work,
            parties.map((party) => ({ is: 'answer', party })),
          );
        expect(JSON.stringify(answered(one))).toBe(JSON.stringify(answered(other)));
      },
    ),
  );
});

describe('a repeat', () => {
  const work = newKeyWork({
    kind: 'key-ceremony',
    attempt: 1,
    parties: ['control', 'custody', 'recovery'],
    suite: 'DKLS23-secp256k1-SHA256-v1',
  });

  it('keeps the pairs that were set up, and no others', () => {
    const stopped = after(work, [
      { is: 'pair', of: ['control', 'custody'], step: 'ready' },
      { is: 'pair', of: ['control', 'recovery'], step: 'answer' },
      { is: 'stopped', party: 'recovery', refusal: 'party-unreachable' },
    ]);
    expect(againAfter(stopped, work).pairs).toEqual([
      { of: ['control', 'custody'], step: 'ready' },
    ]);
    expect(againAfter(stopped, { ...work, attempt: 2 }).pairs).toEqual([]);
  });

  it('says who has answered and who has not', () => {
    const asked = after(work, [
      { is: 'round', round: 'deal' },
      { is: 'answer', party: 'control' },
      { is: 'answer', party: 'custody' },
    ]);
    const { answers, rounds, doing } = viewKeyWork(asked);
    expect(answers && answerWords(answers)).toBe(
      'control and custody have answered; recovery has not yet.',
    );
    expect([rounds.done, rounds.of, doing]).toEqual([2, 6, 'The parties make the key']);
  });
});
