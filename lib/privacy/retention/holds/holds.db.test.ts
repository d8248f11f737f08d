/** Legal holds end to end, and what a program with the web's or the worker's rights can't do about them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldFor, fieldNames } from '#lib/persons/field-map.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { beginErasing } from '../../testing/erasure-desk.ts';
import { held, holding, lifted, pressLift } from '../../testing/hold-desk.ts';
import { advised, openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { standingHolds } from '../standing-holds.ts';
import { returnLift } from './act-on-hold.ts';
import { holdStates, holdWords, mayFollow, type HoldEventKind, type HoldState } from './life.ts';
import { listHolds } from './list-holds.ts';
import { openHold } from './open-hold.ts';
import { OverdueHolds } from './overdue-holds.ts';
import { readHoldTexts } from './read-hold-texts.ts';
import { reviewHold } from './review-hold.ts';
import { viewHold } from './view-hold.ts';
import { openRefusals, type Refusals } from '../../testing/refusals.ts';

let desk: RequestDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openRequestDesk();
  refusals = await openRefusals(desk.database);
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});
const refusal: Refusals['refusal'] = (sql, role) => refusals.refusal(sql, role);
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const today = () => dayOf(desk.context.clock());
const holdsOn = (person: string) =>
  inTransaction(desk.web, async (tx) =>
    (await standingHolds(tx, person)).map(({ number }) => number),
  );
/** Somebody new with a name and an address. */
async function somebody(): Promise<string> {
  const id = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id, values: { 'full-name': 'Bo Ek', email: 'bo@example.org' } },
      { by: desk.people.dora.actor.personId, at: desk.context.clock() },
    ),
  );
  return id;
}
const tie = async (person: string, client: string) => {
  const at = desk.context.clock();
  await desk.owner.client.upsert({
    where: { id: client },
    create: { id: client, createdAt: at },
    update: {},
  });
  await desk.web.personTie.create({
    data: { personId: person, role: 'client', clientId: client, since: at },
  });
};
const erasedInTrail = (subject: string) =>
  inTransaction(desk.worker, async (tx) => {
    await appendAudit(tx, {
      kind: 'person-values-erased',
      subject,
      actor: 'system',
      at: new Date(),
      facts: {},
    });
    await beginErasing(tx, subject);
  });

it('what may follow what is the same in the database and in the program', async () => {
  const states: (HoldState | null)[] = [null, ...(Object.keys(holdStates) as HoldState[])];
  for (const kind of Object.keys(holdWords) as HoldEventKind[])
    for (const state of states) {
      const [row] = await desk.owner.$queryRaw<{ may: boolean }[]>`
        select privacy_hold_may(${state}, ${kind}) as may`;
      expect(row?.may, `${kind} after ${state}`).toBe(mayFollow(state, kind));
    }
});

it('by which category a value is kept is the same in the database and in the map of fields', async () => {
  for (const [roles, worksHereOnly] of [
    [['operator'], true],
    [['client'], false],
    [['client', 'operator'], false],
  ] as const)
    for (const field of fieldNames) {
      const [row] = await desk.owner.$queryRaw<{ category: string }[]>`
        select retention_category(${field}, ${worksHereOnly}) as category`;
      expect(row?.category, field).toBe(fieldFor(field, roles).retention);
    }
  // What somebody is found by is kept as long as the field it was made of.
  for (const [kind, field] of [
    ['name', 'full-name'],
    ['document', 'document-number'],
  ] as const) {
    const [row] = await desk.owner.$queryRaw<{ same: boolean }[]>`
      select retention_category(${kind}, false) = retention_category(${field}, false) as same`;
    expect(row?.same).toBe(true);
  }
});

describe('a hold', () => {
  it('is opened by who decides, with ground, article, reasons and a review within a year', async () => {
    const { mia, dora, ida, ben } = desk.people;
    const open = (who: typeof mia, more: object) =>
      code(openHold(who.actor, { ...holding(desk), ...more }, desk.context));
    expect(await open(dora, {})).toBe('not-allowed');
    expect(await open(ida, {})).toBe('not-allowed');
    expect(await open(mia, { reviewOn: today() })).toBe('review-day');
    expect(await open(mia, { reviewOn: monthsLater(today(), 13) })).toBe('review-day');
    expect(await open(mia, { article: '17-3-b' })).toBe('article-unfit');
    expect(await open(mia, { person: '' })).toBe('covers-nothing');
    expect(await open(mia, { person: 'Änne' })).toBe('cover-invalid');
    expect(await open(mia, { person: `${desk.subject} ${desk.subject}` })).toBe('covered-twice');
    expect(await open(mia, { person: newPersonId() })).toBe('person-unknown');
    expect(await open(mia, { client: 'C-0' })).toBe('client-unknown');
    for (const record of ['DSR-2026-999999', 'INC-2026-000001', 'LH-2026-999999'])
      expect(await open(mia, { record })).toBe('record-unknown');
    expect(await open(mia, { reasons: 'no' })).toBe('text-invalid');
    expect(await open(ben, { reviewOn: monthsLater(today(), 12) })).toBe('done');
  });

  it('holds reasons in no column, and who reads them stands in the trail', async () => {
    const { id, number } = await held(desk);
    expect(number).toMatch(/^LH-\d{4}-\d{6}$/);
    const rows = await desk.owner.$queryRaw<{ row: string }[]>`
      select row(e.*)::text as row from privacy_hold_event e where hold_id = ${id}::uuid
      union all select encode(t.sealed, 'escape') from privacy_hold_text t where hold_id = ${id}::uuid`;
    expect(rows).toHaveLength(2);
    for (const { row } of rows) expect(row).not.toMatch(/court|sues/i);
    const texts = valueOf(await readHoldTexts(desk.people.dora.actor, { id }, desk.context));
    expect(texts).toEqual([{ seq: 1, field: 'reasons', text: holding(desk).reasons }]);
    expect(
      await desk.owner.auditEntry.count({ where: { subject: number, kind: 'privacy-hold-read' } }),
    ).toBe(1);
  });

  it('is reviewed and goes on, and a review that is overdue is warned of once by the worker', async () => {
    const { id, number } = await held(desk, { reviewOn: monthsLater(today(), 1) });
    const { mia } = desk.people;
    const review = {
      id,
      seen: '1',
      reviewOn: monthsLater(today(), 12),
      reasons: 'Still at court.',
    };
    expect(await code(reviewHold(mia.actor, review, desk.context))).toBe('done');
    expect(await code(reviewHold(mia.actor, review, desk.context))).toBe('hold-moved');
    await desk.owner.$executeRaw`alter table privacy_hold_standing disable trigger user`;
    const yesterday = new Date(Date.now() - 86_400_000);
    await desk.owner.$executeRaw`alter table privacy_hold_event disable trigger user`;
    await desk.owner.$executeRaw`update privacy_hold_standing set review_on = ${yesterday}::date
      where hold_id = ${id}::uuid`;
    await desk.owner
      .$executeRaw`update privacy_hold_event set facts = jsonb_build_object('reviewOn',
      ${dayOf(yesterday)}::text) where hold_id = ${id}::uuid and kind = 'reviewed'`;
    await desk.owner
      .$executeRaw`alter table privacy_hold_standing enable always trigger never_removed`;
    for (const name of ['by_worker', 'guarded', 'drawn', 'signed', 'append_only'])
      await desk.owner.$executeRawUnsafe(
        `alter table privacy_hold_event enable always trigger ${name}`,
      );
    // Whoever has the web server can't say that it was warned of already.
    const said = { holdId: id, seq: 3, kind: 'warned', actor: 'system', at: new Date() };
    await expect(
      desk.web.privacyHoldEvent.create({
        data: { ...said, facts: { reviewOn: dayOf(yesterday) } },
      }),
    ).rejects.toThrow(/worker/);
    await new OverdueHolds({ db: desk.worker, clock: desk.context.clock }).look();
    await new OverdueHolds({ db: desk.worker, clock: desk.context.clock }).look();
    const view = valueOf(await viewHold(desk.people.ida.actor, number, desk.context));
    expect(view.events.filter(({ kind }) => kind === 'warned')).toHaveLength(1);
    expect(view).toMatchObject({ isOverdue: true, standing: { state: 'standing' } });
    const overdue = valueOf(await listHolds(mia.actor, { list: 'overdue' }, desk.context));
    expect(overdue.rows.map((row) => row.number)).toEqual([number]);
    // What was not seen is not decided on, but a warning takes nobody's page from them.
    const again = { ...review, seen: '2' };
    expect(await code(reviewHold(mia.actor, again, desk.context))).toBe('done');
  });

  it('is lifted by two people with their keys, who do not advise on data protection', async () => {
    const { mia, ada, dora, ida } = desk.people;
    const { id, number } = await held(desk);
    const reasons = 'The court closed the case.';
    const proposing = { id, seen: '1', step: 'lift-proposed', reasons };
    expect(await code(pressLift(desk, dora, proposing))).toBe('not-allowed');
    expect(await code(pressLift(desk, ada, { id, seen: '1', step: 'lifted' }))).toBe('not-now');
    expect(await code(pressLift(desk, mia, proposing))).toBe('done');
    expect(await code(pressLift(desk, mia, { id, seen: '2', step: 'lifted' }))).toBe('same-person');
    expect(await code(pressLift(desk, ida, { id, seen: '2', step: 'lifted' }))).toBe('not-allowed');
    const back = { id, seen: '2', reasons: 'An appeal is still possible.' };
    expect(await code(returnLift(ada.actor, back, desk.context))).toBe('done');
    expect(await holdsOn(desk.subject)).toContain(number);
    await lifted(desk, id, 3);
    const view = valueOf(await viewHold(mia.actor, number, desk.context));
    expect(view.standing).toMatchObject({ state: 'lifted', seq: 5 });
    expect(view.may).toEqual([]);
    expect(await holdsOn(desk.subject)).not.toContain(number);
    const drawn = await desk.owner.privacyHoldStanding.findUniqueOrThrow({ where: { holdId: id } });
    expect(drawn).toMatchObject({ seq: 5, state: 'lifted' });
  });
});

describe('holds stand on a person', () => {
  it('through the person, a client they stand behind, a category of theirs and a request of theirs', async () => {
    const [one, other] = [await somebody(), await somebody()];
    await tie(one, 'C-77001');
    const only = { person: '' };
    const numbers = [
      await held(desk, { person: one }),
      await held(desk, { ...only, client: 'C-77001' }),
      await held(desk, { ...only, category: 'aml-relationship' }),
    ].map(({ number }) => number);
    expect(await holdsOn(one)).toEqual(numbers);
    expect(await holdsOn(other)).toEqual(numbers.slice(2));
    // Nothing is held of them by this category.
    const payment = await held(desk, { ...only, category: 'micar-records' });
    expect(await holdsOn(one)).not.toContain(payment.number);
    const request = await advised({ ...desk, subject: other });
    const matter = await held(desk, { ...only, record: request.number });
    expect(await holdsOn(other)).toContain(matter.number);
    expect(await holdsOn(one)).not.toContain(matter.number);
    for (const { holdId, seq } of await desk.owner.privacyHoldStanding.findMany({
      where: { number: { in: [...numbers, payment.number] } },
    }))
      await lifted(desk, holdId, seq);
    expect(await holdsOn(one)).toEqual([]);
  });

  it('and name neither ground nor reasons, which the person must not learn from an answer', async () => {
    const person = await somebody();
    const { number } = await held(desk, {
      person,
      ground: 'investigation',
      article: '17-3-b',
    });
    const [one] = await inTransaction(desk.worker, (tx) => standingHolds(tx, person));
    expect(one).toMatchObject({ number, ground: 'Investigation' });
    expect(one?.sentence).not.toMatch(/investigat/i);
  });
});

describe('a held person’s data never go', () => {
  it('whatever the worker writes into the trail, until the hold is lifted', async () => {
    const person = await somebody();
    const { id } = await held(desk, { person });
    await erasedInTrail(person);
    const of = (table: string) => `delete from ${table} where person_id = '${person}'`;
    expect(await refusal(of('person_value'), 'worker')).toBe('CS002');
    expect(await refusal(of('person_hash'), 'worker')).toBe('CS002');
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(2);
    await lifted(desk, id);
    expect(await refusal(of('person_value'), 'worker')).toBeNull();
    expect(await refusal(of('person_hash'), 'worker')).toBeNull();
  });

  it('but what the hold’s category does not cover may', async () => {
    const person = await somebody();
    const { id } = await held(desk, { person: '', category: 'relationship' });
    await erasedInTrail(person);
    const of = (field: string) =>
      `delete from person_value where person_id = '${person}' and field = '${field}'`;
    expect(await refusal(of('email'), 'worker')).toBe('CS002');
    expect(await refusal(of('full-name'), 'worker')).toBeNull();
    await lifted(desk, id);
  });

  it('and an erasure that began before the hold goes on to its end', async () => {
    const person = await somebody();
    await erasedInTrail(person);
    await held(desk, { person });
    expect(
      await refusal(`delete from person_value where person_id = '${person}'`, 'worker'),
    ).toBeNull();
  });
});

describe('past the program', () => {
  const sha = 'a'.repeat(64);
  const event = (id: string, seq: number, kind: string, actor: string, facts: object) =>
    `insert into privacy_hold_event (hold_id, seq, kind, actor, at, facts)
       values ('${id}', ${seq}, '${kind}', '${actor}', now(), '${JSON.stringify(facts)}')`;

  it('nobody lifts a hold alone, without a key, or as who advises', async () => {
    const { id } = await held(desk);
    const mia = desk.people.mia.actor.personId;
    const dora = desk.people.dora.actor.personId;
    expect(await refusal(event(id, 2, 'lift-proposed', mia, { events: sha }))).toBe('CS003');
    expect(await refusal(event(id, 2, 'lift-proposed', dora, { events: sha }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'lifted', mia, { of: 1, events: sha }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'lift-proposed', 'system', { events: sha }), 'worker')).toBe(
      'CS002',
    );
    const reasons = 'The court closed the case.';
    valueOf(
      await pressLift(desk, desk.people.mia, { id, seen: '1', step: 'lift-proposed', reasons }),
    );
    const standing = await desk.owner.privacyHoldEvent.findFirstOrThrow({
      where: { holdId: id, seq: 2 },
    });
    const { events } = standing.facts as { events: string };
    expect(await refusal(event(id, 3, 'lifted', mia, { of: 2, events }))).toBe('CS002');
    const ada = desk.people.ada.actor.personId;
    expect(await refusal(event(id, 3, 'lifted', ada, { of: 2, events }))).toBe('CS003');
  });

  it('what a hold covers and where it stands is drawn, never written', async () => {
    const { id } = await held(desk);
    for (const role of ['web', 'worker'] as const) {
      expect(await refusal(`update privacy_hold_standing set state = 'lifted'`, role)).toBe(
        '42501',
      );
      expect(await refusal(`delete from privacy_hold_cover where hold_id = '${id}'`, role)).toBe(
        '42501',
      );
      expect(
        await refusal(
          `insert into privacy_hold_cover (kind, subject, hold_id) values ('person', '${desk.subject}', '${id}')`,
          role,
        ),
      ).toBe('42501');
    }
  });

  it('no hold goes without a review for more than a year', async () => {
    const { id } = await held(desk);
    const mia = desk.people.mia.actor.personId;
    for (const reviewOn of [today(), monthsLater(today(), 13)])
      expect(await refusal(event(id, 2, 'reviewed', mia, { reviewOn }))).toBe('CS002');
  });
});
