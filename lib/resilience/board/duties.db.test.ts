import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { daysAfter, dayOf } from '../days.ts';
import { makePack } from './make-pack.ts';
import { prepareBoardEvidence } from './prepare-evidence.ts';
import { quarterBefore } from './quarter.ts';
import { recordTraining } from './record-training.ts';
import { submitBoardEvidence } from './submit-evidence.ts';
import {
  openBoardDesk,
  press,
  signPack,
  type BoardDesk,
  type BoardPerson,
} from './testing/board-desk.ts';
import { viewDuties } from './view-duties.ts';

let desk: BoardDesk;
let today: string;
beforeAll(async () => {
  desk = await openBoardDesk();
  today = dayOf(desk.context.clock());
});
afterAll(() => desk.close());

const digest = 'ab'.repeat(32);
const idOf = (who: keyof BoardDesk['people']): string => desk.people[who].actor.personId;

const evidence = (changes: object = {}) => ({
  duty: '5-2-b',
  title: 'Policy on the security of information',
  version: '3.1',
  sha256: digest,
  decidedOn: daysAfter(today, -3),
  decision: 'approved',
  members: [idOf('mara'), idOf('nils')],
  author: idOf('ben'),
  ...changes,
});
const sign = (input: object, by: BoardPerson = desk.people.mara) =>
  press(desk, by, input, { prepare: prepareBoardEvidence, submit: submitBoardEvidence });
const view = async () => valueOf(await viewDuties(desk.people.ida.actor, desk.context));
const dutyOf = async (id: string) => (await view()).duties.find((duty) => duty.id === id);

describe('evidence of a duty', () => {
  it('is missing until a member who was present signs it, and then kept', async () => {
    expect((await dutyOf('5-2-b'))?.state).toBe('missing');
    valueOf(await sign(evidence()));
    expect(await dutyOf('5-2-b')).toMatchObject({
      state: 'kept',
      records: [
        {
          sha256: digest,
          author: 'Ben Okafor',
          signedBy: 'Mara Lind',
          members: ['Mara Lind', 'Nils Berg'],
        },
      ],
    });
  });

  it('is signed off by another than the author, who was present', async () => {
    const input = evidence({ duty: '5-2-c', author: idOf('mara') });
    expect(await sign(input)).toMatchObject({ refusal: { code: 'author-signs' } });
    expect(await sign({ ...input, members: [idOf('mara')] }, desk.people.nils)).toMatchObject({
      refusal: { code: 'not-present' },
    });
    expect((await sign(input, desk.people.nils)).ok).toBe(true);
  });

  it('is refused where a field is wrong, with the reason', async () => {
    const codeOf = async (changes: object) => {
      const answer = await sign(evidence({ duty: '5-2-d', ...changes }));
      return answer.ok ? null : answer.refusal.code;
    };
    expect(await codeOf({ decidedOn: daysAfter(today, 1) })).toBe('decision-ahead');
    expect(await codeOf({ sha256: 'abc' })).toBe('form-invalid');
    expect(await codeOf({ duty: '5-2-i' })).toBe('form-invalid');
    expect(await codeOf({ members: [] })).toBe('form-invalid');
    expect(await codeOf({ members: [idOf('mara'), idOf('mara')] })).toBe('person-unknown');
    expect(await codeOf({ author: 'p-zzzzzzzzzz' })).toBe('person-unknown');
    expect(await codeOf({ decision: 'conditions' })).toBe('conditions-invalid');
    expect(await sign(evidence(), desk.people.ben)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    expect(await sign(evidence())).toMatchObject({ refusal: { code: 'evidence-known' } });
  });

  it('that is older than its period is too old, and one only noted does not count', async () => {
    valueOf(await sign(evidence({ duty: '5-2-h', decidedOn: daysAfter(today, -400) })));
    expect((await dutyOf('5-2-h'))?.state).toBe('old');
    valueOf(await sign(evidence({ duty: '5-2-e', decision: 'noted' })));
    expect((await dutyOf('5-2-e'))?.state).toBe('missing');
    // A later note does not hide the approval before it.
    for (let turn = 0; turn < 11; turn += 1) {
      const sha256 = `c${turn.toString(16)}`.repeat(32);
      valueOf(await sign(evidence({ decision: 'noted', decidedOn: today, sha256 })));
    }
    const noted = await dutyOf('5-2-b');
    expect([noted?.state, noted?.shown?.on]).toEqual(['kept', daysAfter(today, -3)]);
    expect(noted?.records).toHaveLength(10);
  });

  it('is neither changed nor written past these rules by the web server’s role', async () => {
    const { db } = desk.context;
    const row = await db.boardEvidence.findFirstOrThrow({ where: { duty: '5-2-b' } });
    const { sealed: _, assertion, ...rest } = row;
    const write = async (changes: object): Promise<string | undefined> => {
      const data = { ...rest, assertion: assertion as object, ...changes };
      return db.boardEvidence.create({ data }).then(
        () => undefined,
        (error: unknown) => sqlStateOf(error) ?? 'unknown',
      );
    };
    const id = '33333333-3333-4333-8333-333333333333';
    // Another than what was signed.
    expect(await write({ id })).toBe('CS002');
    expect(await write({ title: 'Other' })).toBe('CS002');
    expect(await write({ version: '9.9' })).toBe('CS002');
    expect(await write({ id, author: row.signedBy })).toBe('CS002');
    expect(await write({ id, signedAt: new Date(0) })).toBe('CS002');
    for (const data of [{ title: 'Other' }, { sha256: 'ef'.repeat(32) }, { author: null }])
      await expect(db.boardEvidence.update({ where: { id: row.id }, data })).rejects.toThrow();
    await expect(db.boardEvidence.delete({ where: { id: row.id } })).rejects.toThrow();
  });
});

it('a member stands among the members however many people work here', async () => {
  await desk.owner.operator.createMany({
    data: Array.from({ length: 501 }, (_, place) => ({
      id: `p-${place.toString().padStart(10, '0')}`,
      roles: ['auditor'],
      status: 'active',
    })),
  });
  const { members, people } = await view();
  expect(members.map(({ name }) => name)).toEqual(['Mara Lind', 'Nils Berg']);
  expect(people.filter(({ isMember }) => isMember)).toHaveLength(2);
});

describe('what shows itself', () => {
  it('is the report to the board, by a pack that a member who did not make it signed', async () => {
    const { nils, mara, ben } = desk.people;
    const make = async (by: BoardPerson, back: number) => {
      const quarter = quarterBefore(desk.context.clock(), back);
      return valueOf(await makePack(by.actor, { quarter }, desk.context)).id;
    };
    expect((await dutyOf('5-2-i'))?.state).toBe('missing');
    valueOf(await signPack(desk, mara, { id: await make(mara, 0), decision: 'noted' }));
    expect((await dutyOf('5-2-i'))?.state).toBe('missing');
    // Figures of a year ago tell nothing of today.
    valueOf(await signPack(desk, nils, { id: await make(ben, 4), decision: 'approved' }));
    expect((await dutyOf('5-2-i'))?.state).toBe('old');
    valueOf(await signPack(desk, nils, { id: await make(ben, 0), decision: 'noted' }));
    expect(await dutyOf('5-2-i')).toMatchObject({ state: 'kept', shown: { on: today } });
  });

  it('is the training of the board, once every member was trained', async () => {
    const train = (
      who: keyof BoardDesk['people'],
      heldOn = today,
      by: BoardPerson = desk.people.ben,
    ) =>
      recordTraining(
        by.actor,
        { person: idOf(who), topic: 'ICT risk for boards', heldOn },
        desk.context,
      );
    valueOf(await train('mara'));
    expect((await dutyOf('5-4'))?.state).toBe('missing');
    valueOf(await train('nils', daysAfter(today, -400)));
    expect((await dutyOf('5-4'))?.state).toBe('old');
    expect((await view()).members.map(({ name, state }) => [name, state])).toEqual([
      ['Mara Lind', 'kept'],
      ['Nils Berg', 'old'],
    ]);
    valueOf(await train('nils', daysAfter(today, -10)));
    expect((await dutyOf('5-4'))?.state).toBe('kept');
    expect(await train('ben')).toMatchObject({ refusal: { code: 'person-unknown' } });
    expect(await train('mara', daysAfter(today, 1))).toMatchObject({
      refusal: { code: 'training-ahead' },
    });
    expect(await train('mara', today, desk.people.ida)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});
