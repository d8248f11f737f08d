import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import { openResilienceDesk, newRecord, type ResilienceDesk } from '../testing/desk.ts';
import {
  findingSample,
  functionSample,
  planSample,
  riskSample,
  testSample,
} from '../testing/samples.ts';
import type { Kind } from './kinds.ts';
import { retireRecord } from './retire-record.ts';
import { saveRecord } from './save-record.ts';

let desk: ResilienceDesk;
let people: readonly Actor[];
let served: string;
let named = 0;

beforeAll(async () => {
  desk = await openResilienceDesk();
  const third = await enrol(testContext(desk.database.connect('web')), {
    displayName: 'Lena Roth',
    roles: ['manager'],
    group: null,
  });
  await admit(desk.owner, third);
  people = [desk.manager, desk.administrator, (await signIn(desk.context, third)).actor];
  served = (await newRecord(desk, 'function', functionSample)).id;
});
afterAll(() => desk.database.drop());

const idOf = (person: number): string => people[person]?.personId ?? '';
const actorOf = (person: number): Actor => {
  const actor = people[person];
  if (!actor) throw new Error('There is no such person.');
  return actor;
};

/** What somebody saves: small domains, so that many sequences get somewhere. */
type Fields = {
  content: number;
  text: number;
  /** Owner of a risk or finding; who remedied a finding. */
  other: number;
  /** How far it is: nobody agrees, remedied (findings), agreed, agreed otherwise (findings). */
  stage: number;
  who: number;
  day: number;
};
type Step = { by: number; change: Partial<Fields> } | { by: number; retire: true };

type Saved = { content: unknown; agreement: unknown; agreed: string | null };
type Modelled = {
  kind: Kind;
  save: (fields: Fields) => { facts: object; texts: Record<string, string> } & Saved;
};

const days = ['2026-11-01', '2026-11-05', '2026-11-10'];
const dayOf = (at: number) => days[at] ?? '';
const words = ['As it was written first.', 'As it was written then.'];
const wordsOf = (at: number) => words[at] ?? '';

const modelled: readonly Modelled[] = [
  {
    kind: 'plan',
    save: ({ content, text, stage, who, day }) => {
      const agreed = stage > 1 ? idOf(who) : null;
      const agreement = {
        state: agreed ? 'approved' : 'draft',
        approvedBy: agreed,
        approvedOn: agreed && dayOf(day),
      };
      const procedure = wordsOf(text);
      return {
        facts: { ...planSample(served), name: `Plan ${named}`, rtoHours: content, ...agreement },
        texts: { activation: 'The site is lost.', procedure },
        content: [content, procedure],
        agreement,
        agreed,
      };
    },
  },
  {
    kind: 'risk',
    save: ({ content, text, other, stage, who, day }) => {
      const agreed = stage > 1 ? idOf(who) : null;
      const agreement = {
        state: agreed ? 'accepted' : 'open',
        acceptedBy: agreed,
        acceptedOn: agreed && dayOf(day),
      };
      const owner = idOf(other);
      const description = wordsOf(text);
      const residual = { likelihood: content, impact: 4 };
      return {
        facts: { ...riskSample(owner), residual, ...agreement },
        texts: { title: 'Keys are lost', description, acceptance: agreed ? 'It is borne.' : '' },
        content: [content, owner, description],
        agreement,
        agreed,
      };
    },
  },
  {
    kind: 'finding',
    save: ({ content, text, other, stage, who, day }) => {
      const state = ['open', 'remedied', 'validated', 'accepted'][stage] ?? 'open';
      const agreed = stage > 1 ? idOf(who) : null;
      const isRemedied = stage === 1 || stage === 2;
      const remedy = {
        remediedBy: isRemedied ? idOf(other) : null,
        remediedOn: isRemedied ? '2026-11-01' : null,
      };
      const agreement = {
        validatedBy: stage === 2 ? agreed : null,
        validatedOn: stage === 2 ? dayOf(day) : null,
        acceptedBy: stage === 3 ? agreed : null,
      };
      const severity = ['critical', 'high', 'medium'][content - 1];
      const description = wordsOf(text);
      return {
        facts: {
          ...findingSample,
          state,
          severity,
          owner: idOf((other + 1) % 3),
          ...remedy,
          ...agreement,
        },
        texts: {
          title: 'Old library',
          description,
          acceptance: stage === 3 ? 'Gone next month.' : '',
        },
        content: [severity, description, other, isRemedied],
        agreement: { state, ...agreement },
        agreed,
      };
    },
  },
  {
    kind: 'test',
    save: ({ content, text, stage, who }) => {
      const agreed = stage > 1 ? idOf(who) : null;
      const result = ['passed', 'passed-with-findings', 'failed'][content - 1];
      const outcome = wordsOf(text);
      return {
        facts: {
          ...testSample(served),
          state: 'done',
          doneOn: '2026-11-01',
          result,
          approvedBy: agreed,
        },
        texts: { title: 'Penetration test', tester: 'Red Team', outcome },
        content: [result, outcome],
        agreement: agreed,
        agreed,
      };
    },
  },
];

const person = fc.integer({ min: 0, max: 2 });
/** Mostly one field, sometimes all of them at once; agreeing comes up as often as changing. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ by: person, retire: fc.constant(true as const) }) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(person, fc.integer({ min: 0, max: 3 }), person, person, fc.nat(4))
      .map(([by, stage, who, day, odd]) => ({
        by,
        change: { stage, who: odd === 0 ? who : by, day },
      })),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      by: person,
      change: fc.record(
        {
          content: fc.integer({ min: 1, max: 3 }),
          text: fc.integer({ min: 0, max: 1 }),
          other: person,
          stage: fc.integer({ min: 0, max: 3 }),
          who: person,
          day: person,
        },
        { requiredKeys: [] },
      ),
    }),
  },
);

const same = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two);

/** Who wrote the content that stands last, told from everything that was saved. */
function writerIn(history: readonly (Saved & { by: string })[]): string {
  let writer = '';
  for (const [at, { content, by }] of history.entries())
    if (at === 0 || !same(content, history[at - 1]?.content)) writer = by;
  return writer;
}

describe.each(modelled)('a $kind', ({ kind, save }) => {
  it('never stands as agreed by anybody but by a save of their own, of content that somebody else wrote', async () => {
    let agreedStates = 0;
    await fc.assert(
      fc.asyncProperty(
        person,
        fc.array(step, { minLength: 4, maxLength: 14 }),
        async (by, steps) => {
          named += 1;
          let fields: Fields = { content: 1, text: 0, other: 0, stage: 0, who: 0, day: 0 };
          const history: (Saved & { by: string })[] = [];
          let seen = 0;
          let id: string | null = null;
          const all: Step[] = [{ by, change: {} }, ...steps];
          for (const next of all) {
            const actor = actorOf(next.by);
            if ('retire' in next) {
              const reason = 'It is no longer used.';
              const retired = await retireRecord(actor, { id, seen, reason }, desk.context);
              if (retired.ok) seen = retired.value.version;
              continue;
            }
            const wanted = { ...fields, ...next.change };
            const { facts, texts, ...saved } = save(wanted);
            const written = await saveRecord(actor, { kind, id, seen, facts, texts }, desk.context);
            if (!written.ok) continue;
            if (written.value.version > seen) history.push({ ...saved, by: actor.personId });
            ({ id, version: seen } = written.value);
            fields = wanted;
            const { agreed } = saved;
            if (agreed === null) continue;
            agreedStates += 1;
            expect(agreed).not.toBe(writerIn(history));
            expect(
              history.some(
                (one) =>
                  one.by === agreed &&
                  same(one.content, saved.content) &&
                  same(one.agreement, saved.agreement),
              ),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
    // It would hold of nothing, too.
    expect(agreedStates).toBeGreaterThan(0);
  }, 120_000);
});

it('who wrote a plan does not approve it once another has taken their approval back, or retired it', async () => {
  const [anna, boris] = [actorOf(0), actorOf(1)];
  const draft = { ...planSample(served), name: 'Loss of the line' };
  const texts = { activation: 'The line is lost.' };
  const { id } = await newRecord(desk, 'plan', draft, texts);
  const save = (actor: Actor, seen: number, facts: object, more: object = {}) =>
    saveRecord(actor, { kind: 'plan', id, seen, facts, texts: more }, desk.context);
  const by = ({ personId }: Actor) => ({
    ...draft,
    state: 'approved',
    approvedOn: '2026-11-01',
    approvedBy: personId,
  });
  expect(await save(boris, 1, by(boris))).toMatchObject({ ok: true });
  expect(await save(anna, 2, { ...by(boris), approvedOn: '2026-11-05' })).toMatchObject({
    faults: [{ field: 'approvedBy' }],
  });
  expect(await save(anna, 2, by(boris), { procedure: 'Nothing.' })).toMatchObject({
    faults: [{ field: 'procedure' }],
  });
  expect(await save(boris, 2, draft)).toMatchObject({ ok: true });
  expect(await save(anna, 3, by(anna))).toMatchObject({ faults: [{ field: 'approvedBy' }] });
  const reason = 'It is not right.';
  expect(await retireRecord(boris, { id, seen: 3, reason }, desk.context)).toMatchObject({
    ok: true,
  });
  expect(await save(anna, 4, by(anna))).toMatchObject({ faults: [{ field: 'approvedBy' }] });
  expect(await save(boris, 4, by(boris))).toMatchObject({ ok: true });
});

it('a finding that is open is not retired, and one that is accepted may be', async () => {
  const facts = { ...findingSample, owner: idOf(0) };
  const { id } = await newRecord(desk, 'finding', facts, { title: 'Old library' });
  const reason = 'Nobody asks for it.';
  const retire = (seen: number) => retireRecord(desk.manager, { id, seen, reason }, desk.context);
  expect(await retire(1)).toMatchObject({ ok: false, refusal: { code: 'record-open' } });
  const accepted = { ...facts, state: 'accepted', acceptedBy: idOf(1) };
  const input = { kind: 'finding', id, seen: 1, facts: accepted, texts: { acceptance: 'Gone.' } };
  expect(await saveRecord(actorOf(1), input, desk.context)).toMatchObject({ ok: true });
  expect(await retire(2)).toMatchObject({ ok: true });
});
