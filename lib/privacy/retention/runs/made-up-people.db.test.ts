/** @file What nights do by people who were made up: nothing that somebody wrote goes by them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPersonId } from '#lib/persons/ids.ts';
import { sealValues } from '#lib/persons/sealed-value.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { carryErasure } from '../../erasure/erasure-desk.ts';
import { endedLongAgo } from '../../testing/ended-long-ago.ts';
import { erasureNeeds, noted, notedText } from '../../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, parted } from '../../testing/retention-night.ts';
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
