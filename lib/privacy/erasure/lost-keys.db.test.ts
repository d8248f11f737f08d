/** One file of which the key is no more, or that can't be cleared, stops nobody's erasure: against a real database. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { dayMs } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { noteBreach } from '../breaches/move-breach.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { noteRequest } from '../requests/move-request.ts';
import { loadRequest } from '../requests/load-request.ts';
import { readRequestTexts } from '../requests/read-texts.ts';
import { reported } from '../testing/breach-desk.ts';
import { tampered } from '../testing/broken-rows.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import type { ErasureProof } from './phases.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const named = (name: string) => somebody(desk, { 'full-name': name });
const noteOn = async (kind: 'request' | 'breach', id: string, note: string, seen: string) =>
  valueOf(
    await (kind === 'request' ? noteRequest : noteBreach)(dora(), { id, seen, note }, desk.context),
  );
const notesOf = async (kind: 'request' | 'breach', id: string) =>
  valueOf(
    await (kind === 'request' ? readRequestTexts : readBreachTextsOf)(dora(), { id }, desk.context),
  ).flatMap(({ field, text }) => (field === 'note' ? [text] : []));
async function proofOf(erasure: string): Promise<ErasureProof> {
  const { proof } = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
  return proof as unknown as ErasureProof;
}

const sources = {
  request: { table: 'privacy_request_text', column: 'request_id', file: 'privacy_request' },
  breach: { table: 'privacy_breach_text', column: 'breach_id', file: 'privacy_breach' },
} as const;

describe.each(['request', 'breach'] as const)(
  'the file of a %s of which the key is no more',
  (kind) => {
    it('keeps nobody’s erasure from its proof, which names what could not be read, and goes on under a new key', async () => {
      const person = await named(`Euphrosyne ${kind}fold`);
      const { id } = await (kind === 'request' ? received(desk) : reported(desk, {}));
      await noteOn(kind, id, `Euphrosyne ${kind}fold rang.`, '1');
      await noteOn(kind, id, 'The line was bad.', '2');
      const { table, column, file } = sources[kind];
      const [key] = await tampered(
        desk,
        table,
        (tx) => tx.$queryRaw<{ keyId: string }[]>`
        with broken as (update ${Prisma.raw(table)} set sealed = '\\x02'::bytea || substring(sealed from 2)
          where ${Prisma.raw(column)} = ${id}::uuid and seq = 2)
        select key_id as "keyId" from ${Prisma.raw(file)} where id = ${id}::uuid`,
      );
      await dataKeys().shred([key?.keyId ?? '']);
      // Whoever has the web server puts on record whom it names.
      const [{ commitment } = { commitment: '' }] = await desk.owner.$queryRaw<
        { commitment: string }[]
      >`select commitment from ${Prisma.raw(table)} where ${Prisma.raw(column)} = ${id}::uuid and seq = 2`;
      await desk.web.personMention.createMany({
        data: [{ personId: person, ofTable: table, commitment }],
        skipDuplicates: true,
      });
      const { erasure } = await decidedErasure(desk, person);
      expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
      const { unopened = [] } = await proofOf(erasure);
      expect(unopened.find(({ where }) => where === table)?.count).toBeGreaterThanOrEqual(2);
      expect(await mentionsOf(desk.owner, person)).toEqual([]);
      await noteOn(kind, id, 'It goes on.', '3');
      expect(await notesOf(kind, id)).toEqual([BLACK, BLACK, 'It goes on.']);
    });
  },
);

describe('a file that can not be cleared', () => {
  it('keeps those behind it waiting for nothing, and after a day is named as where the person still stands', async () => {
    const person = await named('Hieronymus Castellan');
    const { id: stuck } = await reported(desk, {});
    const { id: other } = await reported(desk, {});
    for (const id of [stuck, other]) await noteOn('breach', id, 'Hieronymus Castellan rang.', '1');
    await desk.owner.$executeRaw`create function refuse_one() returns trigger language plpgsql as
      'begin raise exception ''not this one''; end'`;
    await desk.owner
      .$executeRaw`create trigger refuse_one before update on privacy_breach for each row
      when (old.id = ${Prisma.raw(`'${stuck}'`)}::uuid) execute function refuse_one()`;
    const { id: request, erasure } = await decidedErasure(desk, person);
    await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow('can not be cleared');
    expect(await notesOf('breach', other)).toEqual([`${BLACK} rang.`]);
    await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow('can not be cleared');

    const sweptAt = new Date(desk.context.clock().getTime() - 2 * dayMs);
    await tampered(desk, 'person_erasure', (tx) =>
      tx.personErasure.update({ where: { id: erasure }, data: { sweptAt } }),
    );
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
    const { found, kept } = await proofOf(erasure);
    expect({ found, kept }).toEqual({
      found: [{ where: 'privacy_breach_text.sealed', count: 1 }],
      kept: [],
    });
    expect(await mentionsOf(desk.owner, person)).toMatchObject([{ table: 'privacy_breach_text' }]);
    // The person is told that it is done only once somebody says that the place is cleared.
    expect((await loadRequest(desk.owner, request))?.standing.erased).toMatchObject({ found: 1 });
    await desk.owner.$executeRaw`drop trigger refuse_one on privacy_breach`;
  });
});

it('the database takes nothing as sealed under the key of a file that has not the form of it', async () => {
  const { id: request } = await received(desk);
  const { id: breach } = await reported(desk, {});
  const { id: hold } = await held(desk);
  const keys = {
    privacy_request: await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id: request } }),
    privacy_breach: await desk.owner.privacyBreach.findUniqueOrThrow({ where: { id: breach } }),
    privacy_hold: await desk.owner.privacyHold.findUniqueOrThrow({ where: { id: hold } }),
  };
  for (const [name, { id, keyId }] of Object.entries(keys)) {
    const takes = async (version: number, rest: number): Promise<boolean> => {
      const bytes = Buffer.concat([
        Buffer.of(version),
        Buffer.from(keyId, 'hex'),
        randomBytes(rest),
      ]);
      const rows = await desk.web.$queryRaw<{ yes: boolean }[]>`
        select ${Prisma.raw(`${name}_sealed_so`)}(${id}::uuid, ${new Uint8Array(bytes)}) as yes`;
      return rows[0]?.yes === true;
    };
    expect([name, await takes(1, 28), await takes(2, 28), await takes(1, 27)]).toEqual([
      name,
      true,
      false,
      false,
    ]);
  }
});
