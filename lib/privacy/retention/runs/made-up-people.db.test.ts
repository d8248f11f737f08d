/** @file What nights do by people who were made up: nothing that somebody wrote goes by them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPersonId } from '#lib/persons/ids.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { sealValues } from '#lib/persons/sealed-value.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { carryErasure } from '../../erasure/erasure-desk.ts';
import { endedLongAgo } from '../../testing/ended-long-ago.ts';
import { decidedErasure, erasureNeeds, noted, notedText } from '../../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, parted, reportOf } from '../../testing/retention-night.ts';
import { skipReasons } from './skips.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
  await parted(desk, { years: 2, client: 'C-95001' });
  await approve(desk, await night(desk), 'relationship');
});
afterAll(() => desk.close());

/** A night with what follows it. @returns the states of the erasures of this person, the last one last. */
async function wholeNight(person: string): Promise<string[]> {
  await night(desk);
  const work = new WorkOff({ db: desk.worker, clock: desk.context.clock });
  while (await work.look());
  const states: string[] = [];
  const rows = await desk.owner.personErasure.findMany({
    where: { personId: person },
    orderBy: { queuedAt: 'asc' },
  });
  for (const { id } of rows) states.push(await carryErasure(erasureNeeds(desk), id));
  return states;
}

/** Writes somebody with the rights of the web server, past every form. */
async function madeUp(email: string, client: string): Promise<string> {
  const id = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(tx, { id, values: {} }, { by: 'system', at: desk.context.clock() }),
  );
  const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id } });
  const place = { personId: id, field: 'email', version: 1 } as const;
  const [sealed] = await sealValues(keyId ?? '', [{ ...place, value: email }]);
  await desk.web.personValue.create({
    data: {
      ...place,
      sealed: sealed ?? new Uint8Array(),
      origin: 'provided',
      recordedAt: new Date(),
      recordedBy: 'system',
    },
  });
  await desk.owner.client.create({ data: { id: client } });
  await desk.web.personTie.create({
    data: {
      personId: id,
      role: 'client',
      clientId: client,
      since: new Date('2001-01-01'),
      until: new Date('2002-01-01'),
    },
  });
  return id;
}

describe('a made-up person', () => {
  const said = 'Rejected, the destination belongs to the approver himself';

  it('whose e-mail is a sentence empties no text in a night', async () => {
    const note = await noted(desk, `${said}; see the bank file.`);
    const person = await madeUp(said, 'C-95002');
    // Nobody who comes on record with an end of years ago goes before the thirty days in which it can be seen.
    expect(await wholeNight(person)).toEqual([]);
    expect(await notedText(desk, note)).toBe(`${said}; see the bank file.`);
    await endedLongAgo(desk.owner, person);
    expect(await wholeNight(person)).toEqual(['proved']);
    expect(await notedText(desk, note)).toBe(`${said}; see the bank file.`);
  });

  it('with a telephone number takes no account out of a text', async () => {
    const note = await noted(desk, 'The ransom went to DE89 3704 0044 0532 0130 00 on Friday.');
    const person = await parted(desk, {
      years: 2,
      client: 'C-95003',
      values: { 'full-name': 'Nobody Atall', phone: '+49532013000' },
    });
    expect(await wholeNight(person)).toEqual(['proved']);
    expect(await notedText(desk, note)).toContain('DE89 3704 0044 0532 0130 00');
  });
});

describe('a night', () => {
  const leftFor = async (person: string) =>
    (await desk.owner.retentionItem.findMany({ where: { subject: person } })).map(
      ({ reason }) => reason,
    );

  it('takes nothing out of more than three texts about one person', async () => {
    const said = 'Rejected: Ottokar Vandersloot owns the destination.';
    const notes: string[] = [];
    for (let count = 0; count < 4; count += 1) notes.push(await noted(desk, said));
    const values = { 'full-name': 'Ottokar Vandersloot', email: 'ov@example.org' };
    const person = await parted(desk, { years: 6, client: 'C-95004', values });
    await approve(desk, await night(desk), 'aml-relationship');
    expect(await wholeNight(person)).toEqual(['left']);
    for (const note of notes) expect(await notedText(desk, note)).toBe(said);
    expect(new Set(await leftFor(person))).toEqual(new Set([skipReasons.texts]));
    // The nights that follow count them, and look at no text for them.
    const report = await reportOf(desk, await night(desk), 'aml-relationship');
    expect(report.skipped).toMatchObject({ texts: 1 });
    expect(await desk.owner.personErasure.count({ where: { personId: person } })).toBe(1);
    // Two people decide at a request, and then it goes.
    const { erasure } = await decidedErasure(desk, person);
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
    expect(await notedText(desk, notes[0] ?? '')).toBe(`Rejected: ${BLACK} owns the destination.`);
  });
  it('takes nothing out of a text that somebody signed about', async () => {
    const said = 'Explained: Leopoldine Katzenstein asked for it twice.';
    const note = await noted(desk, said);
    await inTransaction(desk.owner, async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.$executeRaw`insert into break_statement (event_id, document, assertion, credential_id)
        select event_id, '{}', '{}', 'c' from break_note where commitment = ${note}`;
    });
    const values = { 'full-name': 'Leopoldine Katzenstein', email: 'lk@example.org' };
    const person = await parted(desk, { years: 6, client: 'C-95005', values });
    expect(await wholeNight(person)).toEqual(['left']);
    expect(await notedText(desk, note)).toBe(said);
  });

  it('takes out of texts no more than twenty altogether, and another night goes on', async () => {
    const people: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      const name = `Kunigunde ${'Abcdefgh'[count]}ahlenberg`;
      for (let time = 0; time < 3; time += 1) await noted(desk, `Called: ${name} was out.`);
      const values = { 'full-name': name, email: `k${count}@example.org` };
      people.push(await parted(desk, { years: 6, client: `C-9510${count}`, values }));
    }
    const states: string[] = [];
    for (const person of people) states.push(...(await wholeNight(person)));
    const proved = states.filter((state) => state === 'proved').length;
    expect([proved * 3 <= 20, states.includes('left')]).toEqual([true, true]);
    const last = people.at(-1) ?? '';
    // Another night takes it up again, unlike what people have to decide.
    expect((await wholeNight(last)).length).toBe(2);
  });
});
