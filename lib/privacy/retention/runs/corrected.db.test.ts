/** What was corrected goes in the next approved night where no law keeps it, and the newest value stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { isFieldName } from '#lib/persons/field-map.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { openValues } from '#lib/persons/sealed-value.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { carryErasure } from '../../erasure/erasure-desk.ts';
import { erasureNeeds } from '../../testing/erasure-desk.ts';
import { held } from '../../testing/hold-desk.ts';
import { decideCorrection } from '../../rectification/decide-correction.ts';
import { proposeCorrection } from '../../rectification/propose-correction.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, reportOf } from '../../testing/retention-night.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const rule = 'corrected-values';
const workOff = () => new WorkOff({ db: desk.worker, clock: desk.context.clock }).look();
const written = () => ({ by: desk.people.dora.actor.personId, at: desk.context.clock() });
const versionsOf = async (personId: string) =>
  (
    await desk.owner.personValue.findMany({
      where: { personId },
      orderBy: [{ field: 'asc' }, { version: 'asc' }],
    })
  ).map((row) => ({ ...row, field: isFieldName(row.field) ? row.field : ('email' as const) }));
const shown = async (personId: string) => {
  const rows = await versionsOf(personId);
  const values = await openValues(rows);
  return rows.map(({ field, version }, index) => [field, version, values[index]]);
};

/** Somebody whose name and e-mail address were corrected two days ago. */
async function corrected(name: string, old: string): Promise<string> {
  const id = newPersonId();
  const before = { 'full-name': `${name} Before`, email: old };
  await inTransaction(desk.web, (tx) => writePerson(tx, { id, values: before }, written()));
  const after = { person: id, source: 'form', 'full-name': `${name} After`, email: `new.${old}` };
  const { ada, ben } = desk.people;
  const { correction } = valueOf(await proposeCorrection(ada.actor, after, desk.context));
  const made = { correction, outcome: 'made' };
  valueOf(await decideCorrection(ben.actor, made, desk.context));
  await inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`alter table person_value disable trigger user`;
    await tx.$executeRaw`update person_value set recorded_at = recorded_at - interval '2 days' where person_id = ${id}`;
    for (const { name: trigger } of await tx.$queryRaw<{ name: string }[]>`
        select tgname as name from pg_trigger where not tgisinternal and tgrelid = 'person_value'::regclass`)
      await tx.$executeRawUnsafe(`alter table person_value enable always trigger ${trigger}`);
  });
  return id;
}

describe('a value that was corrected', () => {
  it('goes with its hash and opens with no key, once somebody approved; a name that a law keeps stays', async () => {
    const person = await corrected('Quentin Ashgrove', 'quentin.old@example.org');
    const heldPerson = await corrected('Rosalind Fenn', 'rosalind.old@example.org');
    await held(desk, { person: heldPerson });
    const before = await versionsOf(person);
    const first = await night(desk);
    expect(await reportOf(desk, first, rule)).toMatchObject({
      due: 2,
      skipped: { hold: 1 },
      outcome: 'waits',
    });
    await workOff();
    expect(await desk.owner.personErasure.count({ where: { personId: person } })).toBe(0);
    await approve(desk, first, rule);
    const second = await night(desk);
    expect(await reportOf(desk, second, rule)).toMatchObject({ acted: 1 });
    await workOff();
    const [erasure] = await desk.owner.personErasure.findMany({ where: { personId: person } });
    expect(erasure).toMatchObject({ cause: 'retention', scope: 'earlier', fields: ['email'] });
    expect(await carryErasure(erasureNeeds(desk), erasure?.id ?? '')).toBe('proved');
    expect(await shown(person)).toEqual([
      ['email', 2, 'new.quentin.old@example.org'],
      ['full-name', 1, 'Quentin Ashgrove Before'],
      ['full-name', 2, 'Quentin Ashgrove After'],
    ]);
    // What a backup from before holds opens with no key that there is.
    expect(await openValues(before)).toEqual(before.map(() => null));
    const hash = await searchHash('email', 'quentin.old@example.org');
    expect(
      await desk.owner.personHash.count({ where: { personId: person, hash: hash ?? Buffer.of() } }),
    ).toBe(0);
    expect((await shown(heldPerson)).length).toBe(4);
    const third = await night(desk);
    expect(await reportOf(desk, third, rule)).toMatchObject({ due: 1, skipped: { hold: 1 } });
  });

  it('goes, and the newest one never, whatever the worker is made to do', async () => {
    const person = await corrected('Sybil Marchetti', 'sybil.old@example.org');
    await night(desk);
    await workOff();
    const [erasure] = await desk.owner.personErasure.findMany({ where: { personId: person } });
    const { id = '' } = erasure ?? {};
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    const now = desk.context.clock();
    await desk.worker.personErasure.update({
      where: { id },
      data: { state: 'swept', sweptAt: now, oldKey: keyId, newKey: keyId },
    });
    const removing = inTransaction(desk.worker, async (tx) => {
      await tx.personValue.deleteMany({ where: { personId: person, field: 'email', version: 2 } });
    });
    expect(sqlStateOf(await removing.catch((error: unknown) => error))).toBe('CS002');
    expect((await versionsOf(person)).length).toBe(4);
  });
});
