import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { viewRequest } from '../requests/view-request.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { collectSystem } from './collect-system.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const collected = async (id: string) =>
  valueOf(await viewRequest(dora(), id, desk.context)).standing.collected;
const code = async (acting: ReturnType<typeof collectSystem>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};

async function identified(): Promise<string> {
  const { id } = await received(desk);
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...person }, desk.context));
  return id;
}

const written = async (values: Record<string, string>) =>
  inTransaction(desk.web, (tx) =>
    writeValues(
      tx,
      { id: desk.subject, values },
      { by: dora().personId, at: desk.context.clock(), reference: null },
    ),
  );

describe('collecting from a system', () => {
  it('counts and digests by itself what the system holds, and again gives the same', async () => {
    const id = await identified();
    valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
    const first = (await collected(id)).get('vault');
    expect(first).toMatchObject({ system: 'vault', found: 2 });
    valueOf(await collectSystem(dora(), { id, seen: '3', system: 'vault' }, desk.context));
    expect((await collected(id)).get('vault')).toEqual(first);
    await written({ phone: '+4930123456' });
    valueOf(await collectSystem(dora(), { id, seen: '4', system: 'vault' }, desk.context));
    const later = (await collected(id)).get('vault');
    expect(later?.found).toBe(3);
    expect(later?.digest).not.toBe(first?.digest);
  });

  it('a note on a suspicion changes neither number nor digest', async () => {
    const id = await identified();
    valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
    const before = (await collected(id)).get('vault');
    await written({ 'suspicion-note': 'The transfers of May fit no business that is known.' });
    valueOf(await collectSystem(dora(), { id, seen: '3', system: 'vault' }, desk.context));
    expect((await collected(id)).get('vault')).toEqual(before);
  });

  it('a look because an authority asked is no part of what the person is told', async () => {
    const id = await identified();
    const looked = (purpose: string) =>
      desk.web.personLook.create({
        data: {
          personId: desk.subject,
          by: dora().personId,
          purpose,
          reference: 'FIU 2026/17',
          fields: ['full-name'],
          at: desk.context.clock(),
        },
      });
    valueOf(await collectSystem(dora(), { id, seen: '2', system: 'looks' }, desk.context));
    const before = (await collected(id)).get('looks');
    await looked('authority');
    await looked('claim');
    valueOf(await collectSystem(dora(), { id, seen: '3', system: 'looks' }, desk.context));
    expect((await collected(id)).get('looks')).toEqual(before);
    await looked('complaint');
    valueOf(await collectSystem(dora(), { id, seen: '4', system: 'looks' }, desk.context));
    expect((await collected(id)).get('looks')?.found).toBe((before?.found ?? 0) + 1);
  });

  it('refuses what is not registered, nobody identified, and who may not work on requests', async () => {
    const { id } = await received(desk);
    expect(
      await code(collectSystem(dora(), { id, seen: '1', system: 'vault' }, desk.context)),
    ).toBe('not-identified');
    expect(
      await code(collectSystem(dora(), { id, seen: '1', system: 'cellar' }, desk.context)),
    ).toBe('form-invalid');
    const { actor } = desk.people.mia;
    expect(await code(collectSystem(actor, { id, seen: '1', system: 'vault' }, desk.context))).toBe(
      'not-allowed',
    );
  });
});
