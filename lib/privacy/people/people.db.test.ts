import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { operatorName, operatorNames } from '#lib/persons/operator-names.ts';
import { annaMueller, openPeopleDesk, record, type PeopleDesk } from '../testing/people-desk.ts';
import { findPeople } from './find-people.ts';
import { lookPurposeNames, peopleAnHourMax, searchesAnHourMax } from './look-purposes.ts';
import { openPerson } from './open-person.ts';
import { findPurposeFault } from './purpose-fault.ts';
import { recordPerson } from './record-person.ts';
import { viewPeople } from './view-people.ts';
import { viewPersonFile } from './view-person.ts';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await openPeopleDesk(['C-1001', 'C-1002']);
});
afterAll(() => closeBooks(desk.books));

const look = (person: string, more: Readonly<Record<string, string>> = {}, by = desk.dpo) =>
  openPerson(
    by.actor,
    { person, purpose: 'identification', reference: 'C-1001', ...more },
    desk.context,
  );
const search = (kind: string, value: string, by = desk.dpo) =>
  findPeople(by.actor, { kind, value, purpose: 'request-of-person' }, desk.context);
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | null =>
  result.ok ? null : (result.refusal?.code ?? 'none');

/** Every row of the vault's tables and of the trail, as text, in every form that the database could show it. */
async function everythingStored(): Promise<string> {
  const rows = await desk.books.owner.$queryRaw<{ row: string }[]>`
    select t::text as row from person t union all select t::text from person_value t
    union all select t::text from person_hash t union all select t::text from person_look t
    union all select t::text from person_tie t union all select t::text from operator t
    union all select t::text || convert_from(t.leaf, 'UTF8') from audit_entry t`;
  return rows.map(({ row }) => row).join('\n');
}

it('a legal claim is looked for by the data protection officer and managers alone', async () => {
  const person = await record(desk, 'C-1001');
  const claim = { purpose: 'claim', reference: 'File 17' };
  const sought = { kind: 'name', value: 'Änne Müller', purpose: 'claim' };
  expect(codeOf(await look(person, claim, desk.officer))).toBe('purpose-not-yours');
  expect(codeOf(await findPeople(desk.officer.actor, sought, desk.context))).toBe(
    'purpose-not-yours',
  );
  const looks = () => desk.books.owner.personLook.count({ where: { personId: person } });
  expect(await looks()).toBe(0);
  expect(codeOf(await look(person, claim))).toBeNull();
  expect(findPurposeFault(desk.manager.actor, 'claim')).toBeNull();
  // What is refused is not offered either.
  expect(valueOf(viewPeople(desk.officer.actor)).purposes).not.toContain('claim');
  expect(valueOf(viewPeople(desk.manager.actor)).purposes).toEqual(lookPurposeNames);
  const file = valueOf(await viewPersonFile(desk.officer.actor, person, desk.context));
  expect(file.purposes).toEqual(valueOf(viewPeople(desk.officer.actor)).purposes);
  expect(codeOf(await look(person, {}, desk.officer))).toBeNull();
  expect(await looks()).toBe(2);
});

describe('the vault', () => {
  it('keeps nothing of a person in clear in any table', async () => {
    await record(desk, 'C-1001');
    const stored = await everythingStored();
    // Two letters of a country stand in random hex by chance.
    const values = Object.values(annaMueller).filter(({ length }) => length > 5);
    for (const value of [...values, 'Hofmann', 'Petit']) {
      expect(stored).not.toContain(value);
      expect(stored).not.toContain(Buffer.from(value).toString('hex'));
      expect(stored).not.toContain(Buffer.from(value).toString('base64').replace(/=+$/, ''));
    }
  });

  it('seals the same value of two people differently', async () => {
    const [one, other] = [await record(desk, 'C-1001'), await record(desk, 'C-1002')];
    const rows = await desk.books.owner.personValue.findMany({
      where: { personId: { in: [one, other] }, field: 'full-name' },
    });
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(({ sealed }) => Buffer.from(sealed).toString('hex'))).size).toBe(2);
  });

  it('does not open a value that was moved to another person or field', async () => {
    const { owner } = desk.books;
    const one = await record(desk, 'C-1001', { 'full-name': 'Eva Moved', nationality: 'DE' });
    const name = await owner.personValue.findFirstOrThrow({
      where: { personId: one, field: 'full-name' },
    });
    await owner.$executeRaw`alter table person_value disable trigger user`;
    await owner.$executeRaw`
      update person_value set sealed = ${name.sealed} where person_id = ${one} and field = 'nationality'`;
    await owner.$executeRaw`alter table person_value enable always trigger guarded`;
    await owner.$executeRaw`alter table person_value enable always trigger guarded_deletion`;
    await owner.$executeRaw`alter table person_value enable always trigger never_changed`;
    await expect(look(one)).rejects.toMatchObject({ fault: 'seal-broken' });
  });
});

describe('a look at a person', () => {
  it('is on record with who, what for and which fields, and shows what is held', async () => {
    const person = await record(desk, 'C-1001');
    const opened = await look(person);
    expect(opened).toMatchObject({ ok: true });
    if (!opened.ok) return;
    expect(
      Object.fromEntries(opened.value.values.map(({ field, value }) => [field, value])),
    ).toEqual(annaMueller);
    const file = await viewPersonFile(desk.dpo.actor, person, desk.context);
    expect(file).toMatchObject({
      ok: true,
      value: { looks: [{ by: 'Dora Petit', reference: 'C-1001' }], held: { length: 6 } },
    });
    const trail = await desk.books.owner.auditEntry.findMany({
      where: { subject: person, kind: 'person-viewed' },
    });
    expect(trail).toHaveLength(1);
  });

  it('needs a purpose and what the purpose names', async () => {
    const person = await record(desk, 'C-1001');
    expect(codeOf(await look(person, { purpose: 'curiosity' }))).toBe('form-invalid');
    expect(codeOf(await look(person, { reference: ' ' }))).toBe('form-invalid');
    expect(await desk.books.owner.personLook.count({ where: { personId: person } })).toBe(0);
  });

  it('is not for auditors, and a stranger’s id opens nothing', async () => {
    const person = await record(desk, 'C-1001');
    expect(codeOf(await look(person, {}, desk.auditor))).toBe('not-allowed');
    expect(codeOf(await look(newPersonId()))).toBe('person-unknown');
    expect(codeOf(await look('ps-x'))).toBe('form-invalid');
  });

  it('shows a note on a suspicion to who advises or decides, for what asks for it, and to no officer', async () => {
    const person = await record(desk, 'C-1001', {
      'full-name': 'Sam Suspected',
      'suspicion-note': 'Reported to the unit.',
    });
    const fieldsOf = async (by: PeopleDesk['dpo'], purpose: string): Promise<string[]> => {
      const more = purpose === 'authority' ? { purpose, reference: 'Letter 8' } : {};
      const opened = await look(person, more, by);
      return opened.ok ? opened.value.values.map(({ field }) => field) : [];
    };
    for (const by of [desk.dpo, desk.manager]) {
      expect(await fieldsOf(by, 'authority')).toEqual(['full-name', 'suspicion-note']);
      expect(await fieldsOf(by, 'identification')).toEqual(['full-name']);
    }
    expect(await fieldsOf(desk.officer, 'authority')).toEqual(['full-name']);
    expect(
      valueOf(await viewPersonFile(desk.officer.actor, person, desk.context)).held,
    ).toHaveLength(1);
    expect(
      valueOf(await viewPersonFile(desk.manager.actor, person, desk.context)).held,
    ).toHaveLength(2);
  });

  it('at one after another of many people is stopped within the hour, and goes on after it', async () => {
    // What others looked at before counts no more.
    desk.context.passTime(3_600_001);
    const people: string[] = [];
    while (people.length <= peopleAnHourMax)
      people.push(await record(desk, 'C-1002', { 'full-name': `Number ${people.length}` }));
    const outcomes = [];
    for (const person of people)
      outcomes.push(codeOf(await look(person, { reference: 'C-1002' }, desk.manager)));
    expect(outcomes.slice(0, -1).every((code) => code === null)).toBe(true);
    expect(outcomes.at(-1)).toBe('too-many-people');
    expect(codeOf(await look(people[0] ?? '', { reference: 'C-1002' }, desk.manager))).toBe(null);
    desk.context.passTime(3_600_001);
    expect(codeOf(await look(people.at(-1) ?? '', { reference: 'C-1002' }, desk.manager))).toBe(
      null,
    );
  });
});

describe('somebody is found', () => {
  it.each([
    ['name', 'muller anne'],
    ['email', ' ANNA.MUELLER@EXAMPLE.ORG'],
    ['document', 'c01x00t47'],
  ])('by %s however it is spelt', async (kind, value) => {
    const person = await record(desk, 'C-1001', { ...annaMueller, phone: '+49 30 901820' });
    const found = await search(kind, value);
    expect(found.ok && found.value.people.map((one) => one.person)).toContain(person);
  });

  it('and two of one name are two, told apart by their ids', async () => {
    const [one, other] = [
      await record(desk, 'C-1001', { 'full-name': 'Twin Person' }),
      await record(desk, 'C-1002', { 'full-name': 'Person, Twin' }),
    ];
    const found = await search('name', 'Twin Person');
    expect(found.ok && found.value.people.map(({ person }) => person).toSorted()).toEqual(
      [one, other].toSorted(),
    );
  });

  it('and what was searched for is in no trail', async () => {
    await search('name', 'Nobody Searchedfor');
    expect(await everythingStored()).not.toMatch(/Searchedfor/i);
  });

  it('not more often within an hour than anybody’s work needs', async () => {
    const { context } = desk;
    context.passTime(3_600_001);
    for (let time = 0; time < searchesAnHourMax; time += 1)
      expect(codeOf(await search('name', 'Nobody', desk.officer))).toBe(null);
    expect(codeOf(await search('name', 'Nobody', desk.officer))).toBe('too-many-searches');
  });

  it('not by what says nothing', async () => {
    expect(codeOf(await search('name', ' - ,'))).toBe('form-invalid');
    expect(codeOf(await search('iban', 'DE12'))).toBe('form-invalid');
  });
});

it('a person is recorded with what may be known of somebody in their place, and nothing else', async () => {
  const { officer, context } = desk;
  const attempt = (input: object) =>
    recordPerson(officer.actor, { source: 'form', ...input }, context);
  const values = { 'full-name': 'Anna Test' };
  expect(codeOf(await attempt({ client: 'C-9999', role: 'client', ...values }))).toBe(
    'client-unknown',
  );
  expect(codeOf(await attempt({ client: 'C-1001', role: 'operator', ...values }))).toBe(
    'form-invalid',
  );
  expect(codeOf(await attempt({ client: 'C-1001', role: 'client' }))).toBe('form-invalid');
  for (const more of [{ religion: 'none' }, { __proto__x: 'y' }, { email: 'no address' }])
    expect(codeOf(await attempt({ client: 'C-1001', role: 'client', ...values, ...more }))).toBe(
      'form-invalid',
    );
});

it('what is assessed here comes from nobody else, whatever was said of the values beside it', async () => {
  const { officer, context, books } = desk;
  const given = { 'full-name': 'Berta Test', 'risk-class': 'Low', source: 'form' };
  const { id } = valueOf(
    await recordPerson(officer.actor, { client: 'C-1001', role: 'client', ...given }, context),
  );
  const rows = await books.owner.personValue.findMany({ where: { personId: id } });
  expect(new Map(rows.map(({ field, source, origin }) => [field, [source, origin]]))).toEqual(
    new Map([
      ['full-name', ['form', 'provided']],
      ['risk-class', ['own-work', 'derived']],
    ]),
  );
});

it('names of staff come out of the vault, and an id without one stands for itself', async () => {
  const { owner } = desk.books;
  const nameOf = await operatorNames(owner);
  expect(nameOf(desk.dpo.actor.personId)).toBe('Dora Petit');
  expect(nameOf('p-aaaaaaaaaa')).toBe('p-aaaaaaaaaa');
  expect(await operatorName(owner, desk.officer.actor.personId)).toBe('Ada Hofmann');
});

describe('what stands against erasing somebody', () => {
  const against = async (person: string): Promise<string[]> => {
    const file = await viewPersonFile(desk.dpo.actor, person, desk.context);
    return file.ok ? (file.value.erasure?.blockers ?? []).map(({ code }) => code) : ['refused'];
  };

  it('is their relationship, and what the books say of it', async () => {
    const person = await record(desk, 'C-1001');
    expect(await against(person)).toEqual(['relationship']);
    await deposit(desk.books, 'C-1001', 5_000n);
    expect(await against(person)).toEqual(['records', 'relationship']);
  });

  it('is that they work here', async () => {
    expect(await against(desk.officer.actor.personId)).toEqual(['works-here']);
  });
});
