/** Rows that do not open keep no erasure from going on, and its proof names them: against real database and key service. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { textTables } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { tellRefusedKeys } from '#lib/operations/worker/refused-keys.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { keyOf } from '#lib/persons/texts/open-found.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { noteBreach } from '../breaches/move-breach.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { reported } from '../testing/breach-desk.ts';
import { brokenText, damaged, tampered, unparsedText } from '../testing/broken-rows.ts';
import {
  decidedErasure,
  erasureNeeds,
  noted,
  notedText,
  somebody,
  tied,
} from '../testing/erasure-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import type { ErasureProof } from './phases.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const named = (name: string, more: Record<string, string> = {}) =>
  somebody(desk, { 'full-name': name, ...more });
async function erased(erasure: string): Promise<ErasureProof> {
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  const row = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
  return row.proof as unknown as ErasureProof;
}
const erase = async (person: string) => erased((await decidedErasure(desk, person)).erasure);
const refusals = async (): Promise<string[]> =>
  (await desk.owner.dataKeyRefusal.findMany({ where: { kind: 'text' } })).map(
    ({ owner, fault }) => `${owner} ${fault}`,
  );
const isGone = async (key: string) => (await dataKeys().missing([key])).length === 1;

async function breachWith(...notes: string[]): Promise<string> {
  const [description = 'A list was sent to a wrong address.', ...more] = notes;
  const { id } = await reported(desk, { description });
  for (const [index, note] of more.entries())
    valueOf(
      await noteBreach(desk.people.dora.actor, { id, seen: `${index + 1}`, note }, desk.context),
    );
  return id;
}
const damageBreach = (id: string, seq: number) =>
  tampered(desk, 'privacy_breach_text', async (tx) => {
    const [row] = await tx.privacyBreachText.findMany({ where: { breachId: id, seq } });
    const sealed = damaged(row?.sealed ?? new Uint8Array());
    await tx.privacyBreachText.updateMany({ where: { breachId: id, seq }, data: { sealed } });
    return row?.commitment ?? '';
  });

describe('one row in each table that does not open', () => {
  it('keeps nobody’s erasure from its proof, which says what was not looked through, and is on record once', async () => {
    const person = await named('Melusine Tavernier');
    const text = await noted(desk, 'Melusine Tavernier called.');
    const expected: string[] = [];
    for (const table of textTables)
      expected.push(`${table}/${await brokenText(desk, table)} seal-broken`);
    const words = 'Melusine Tavernier, and no JSON';
    const unparsed = await unparsedText(desk, 'threat_draft', words);
    expected.push(`threat_draft/${unparsed} not-parsed`);
    const breach = await breachWith('A list was sent.');
    expected.push(`privacy_breach_text/${await damageBreach(breach, 1)} seal-broken`);
    const { id: hold } = await held(desk);
    await tampered(desk, 'privacy_hold_text', async (tx) => {
      const [row] = await tx.privacyHoldText.findMany({ where: { holdId: hold } });
      const sealed = damaged(row?.sealed ?? new Uint8Array());
      await tx.privacyHoldText.updateMany({ where: { holdId: hold }, data: { sealed } });
      expected.push(`privacy_hold_text/${row?.commitment} seal-broken`);
    });
    const { id: request } = await received(desk);
    await tampered(desk, 'privacy_request_text', async (tx) => {
      const where = { requestId: request, seq: 1, field: 'message' };
      const [row] = await tx.privacyRequestText.findMany({ where });
      const sealed = damaged(row?.sealed ?? new Uint8Array());
      await tx.privacyRequestText.updateMany({ where, data: { sealed } });
      expected.push(`privacy_request_text/${request} 1 message seal-broken`);
    });
    const proof = await erase(person);
    expect(await notedText(desk, text)).toBe(`${BLACK} called.`);
    const places = (proof.unopened ?? []).map(({ where, count }) => `${where} ${count}`);
    expect(places.toSorted()).toEqual(
      [
        ...textTables.map((table) => `${table} ${table === 'threat_draft' ? 2 : 1}`),
        'privacy_breach_text 1',
        'privacy_hold_text 1',
        'privacy_request_text 1',
      ].toSorted(),
    );
    // What is no JSON was looked through as it is written.
    expect(proof.found).toEqual([]);
    expect((await refusals()).toSorted()).toEqual(expected.toSorted());
    expect(JSON.stringify(proof)).not.toContain('Melusine');
    // Another erasure meets the same rows: they are on record, and one incident says so.
    const again = await erase(await named('Corisande Abernathy'));
    expect((again.unopened ?? []).length).toBe(places.length);
    expect((await refusals()).length).toBe(expected.length);
    await tellRefusedKeys({ db: desk.worker, clock: desk.context.clock });
    await tellRefusedKeys({ db: desk.worker, clock: desk.context.clock });
    expect(await desk.owner.incidentRecord.count({ where: { what: 'key-refused' } })).toBe(1);
  });

  it('is no such row while the key service is away: then the erasure waits, and nothing is on record', async () => {
    const { erasure } = await decidedErasure(desk, await named('Peregrine Ashdown'));
    await brokenText(desk, 'break_note');
    const before = await refusals();
    vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
    await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow();
    vi.unstubAllEnvs();
    expect(await refusals()).toEqual(before);
    await erased(erasure);
    expect((await refusals()).length).toBe(before.length + 1);
  });
});

it('a mention that names no text keeps nobody’s erasure from its proof, and goes with it', async () => {
  const person = await named('Balthasar Quist');
  const commitment = 'cd'.repeat(32);
  for (const ofTable of ['no_such_table', 'break_note', 'privacy_breach_text'])
    await desk.web.personMention.create({ data: { personId: person, ofTable, commitment } });
  await erase(person);
  expect(await mentionsOf(desk.owner, person)).toEqual([]);
});

describe('what is the person’s and does not open', () => {
  it('goes with its key: a text on record as naming them', async () => {
    const person = await named('Guinevere Lockhart');
    const text = await noted(desk, 'Guinevere Lockhart asked why.');
    const key = await tampered(desk, 'break_note', async (tx) => {
      const { sealed } = await tx.breakNote.findUniqueOrThrow({ where: { commitment: text } });
      const data = { sealed: damaged(sealed ?? new Uint8Array()) };
      await tx.breakNote.update({ where: { commitment: text }, data });
      return keyOf(sealed);
    });
    const proof = await erase(person);
    expect(proof.unopened).toContainEqual({ where: 'break_note', count: expect.any(Number) });
    expect(await isGone(key)).toBe(true);
    expect(await notedText(desk, text)).toBe(BLACK);
    expect(await mentionsOf(desk.owner, person)).toEqual([]);
  });

  it('goes with its key although its bytes name another one', async () => {
    const person = await named('Isambard Quennell');
    const text = await noted(desk, 'Isambard Quennell asked why.');
    const key = await tampered(desk, 'break_note', async (tx) => {
      const { sealed } = await tx.breakNote.findUniqueOrThrow({ where: { commitment: text } });
      const bytes = new Uint8Array(sealed ?? []);
      bytes[5] = (bytes[5] ?? 0) ^ 1;
      await tx.breakNote.update({ where: { commitment: text }, data: { sealed: bytes } });
      return keyOf(sealed);
    });
    await erase(person);
    expect(await isGone(key)).toBe(true);
    expect(await notedText(desk, text)).toBe(BLACK);
  });

  it('goes with the key of its file, of which all other texts stay as they are', async () => {
    const person = await named('Leocadia Brandmaier');
    const breach = await breachWith('It was told.', 'Leocadia Brandmaier was told.', 'It is over.');
    await damageBreach(breach, 2);
    const { keyId } = await desk.owner.privacyBreach.findUniqueOrThrow({ where: { id: breach } });
    await erase(person);
    expect(await isGone(keyId)).toBe(true);
    const texts = valueOf(
      await readBreachTextsOf(desk.people.dora.actor, { id: breach }, desk.context),
    );
    expect(texts.map(({ text }) => text)).toEqual(['It was told.', BLACK, 'It is over.']);
  });

  it('goes with the key of their own request', async () => {
    const name = 'Theodolinda Marsh';
    const person = await named(name);
    const asked = await decidedErasure(desk, person, { name, message: `${name} asks.` });
    await tampered(desk, 'privacy_request_text', async (tx) => {
      const where = { requestId: asked.id, seq: 1, field: 'message' };
      const [row] = await tx.privacyRequestText.findMany({ where });
      const sealed = damaged(row?.sealed ?? new Uint8Array());
      await tx.privacyRequestText.updateMany({ where, data: { sealed } });
    });
    const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({
      where: { id: asked.id },
    });
    await erased(asked.erasure);
    expect(await isGone(keyId)).toBe(true);
  });

  it.each([
    ['whole', null],
    ['part', new Date('2025-01-01')],
  ])('goes with their own key, which the proof names: a value, %s', async (scope, until) => {
    const email = `ermengarde.${scope}@example.org`;
    const person = await named(`Ermengarde ${scope}sdorf`, { email, phone: '+49 30 9988771' });
    if (until) await tied(desk, person, { client: 'C-87555', until });
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    const { erasure } = await decidedErasure(desk, person);
    await tampered(desk, 'person_value', async (tx) => {
      for (const field of ['phone', 'full-name']) {
        const [row] = await tx.personValue.findMany({ where: { personId: person, field } });
        const sealed = damaged(row?.sealed ?? new Uint8Array()).subarray(0, 46);
        await tx.personValue.updateMany({ where: { personId: person, field }, data: { sealed } });
      }
    });
    const proof = await erased(erasure);
    expect(proof.unopened).toContainEqual({ where: 'person_value', count: 2 });
    expect(await isGone(keyId ?? '')).toBe(true);
    expect(await refusals()).toContain(`person_value/${person} phone 1 seal-broken`);
  });
});
