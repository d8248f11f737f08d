/** What was written here in a request of one person about another, once that other is erased. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { importMessage } from '../requests/import-message.ts';
import { noteRequest } from '../requests/move-request.ts';
import { openRequestFile } from '../requests/open-file.ts';
import { readRequestTexts } from '../requests/read-texts.ts';
import { openTexts } from '../requests/sealed-texts.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { mail, said } from '../testing/messages.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import type { ErasureProof } from './phases.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const texts = async (id: string) =>
  new Map(
    valueOf(await readRequestTexts(dora(), { id }, desk.context)).map(({ seq, field, text }) => [
      `${seq} ${field}`,
      text,
    ]),
  );
const noted = async (id: string, note: string, seen = '1') =>
  valueOf(await noteRequest(dora(), { id, seen, note }, desk.context));
async function erased(person: string): Promise<ErasureProof> {
  const { erasure } = await decidedErasure(desk, person);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  const { proof } = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
  return proof as ErasureProof;
}

it('a note in a request of somebody else loses who was erased, and what they wrote themselves stays as they made it', async () => {
  const person = await somebody(desk, { 'full-name': 'Leontine Abelard' });
  const message = 'Do not tell Leontine Abelard that I asked.';
  const { id } = await received(desk, { message });
  await noted(id, 'Leontine Abelard rang and asked for the same.');
  await noted(id, 'The line was bad.', '2');
  const before = await desk.owner.privacyRequestText.findMany({ where: { requestId: id } });
  const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } });
  expect(await erased(person)).toMatchObject({
    found: [],
    kept: [{ where: 'privacy_request_text.sealed', count: 1, article: '17(3)(e)' }],
  });
  const after = await texts(id);
  expect(after.get('2 note')).toBe(`${BLACK} rang and asked for the same.`);
  expect(after.get('3 note')).toBe('The line was bad.');
  expect(after.get('1 message')).toBe(message);
  // What a backup from before holds opens with no key, and the request goes on under its new one.
  expect(await dataKeys().missing([keyId])).toEqual([keyId]);
  expect((await openTexts(id, before)).every(({ text }) => text === null)).toBe(true);
  await noted(id, 'She was called back.', '3');
});

it('files that were sent with such a request open afterwards as they did before', async () => {
  const person = await somebody(desk, { 'full-name': 'Barnabas Quillfeather' });
  const { id } = valueOf(
    await importMessage(
      dora(),
      { right: 'access', receivedAt: fieldOf(desk.context.clock()), forAnother: 'no' },
      new Uint8Array(
        mail([said('Here it is.'), { type: 'text/plain', name: 'list.txt', body: 'Seven lines.' }]),
      ),
      desk.context,
    ),
  );
  const opened = async () =>
    valueOf(await openRequestFile(dora(), { id, seq: '2' }, desk.context)).bytes;
  const before = await opened();
  await noted(id, 'Barnabas Quillfeather is not the sender.', '2');
  expect(await erased(person)).toMatchObject({ found: [], kept: [] });
  expect((await texts(id)).get('3 note')).toBe(`${BLACK} is not the sender.`);
  expect(await opened()).toEqual(before);
});

it('a note that a legal hold covers stays, and the proof says by which article', async () => {
  const person = await somebody(desk, { 'full-name': 'Wilhelmina Ostergaard' });
  const { id, number } = await received(desk);
  const note = 'Wilhelmina Ostergaard says that it is a forgery.';
  await noted(id, note);
  await held(desk, { person: '', record: number });
  expect(await erased(person)).toMatchObject({
    found: [],
    kept: [{ where: 'privacy_request_text.sealed', count: 1, article: '17(3)(e)' }],
  });
  expect((await texts(id)).get('2 note')).toBe(note);
});

it('reasons that waited for their signature are refused where somebody was erased meanwhile', async () => {
  const person = await somebody(desk, { 'full-name': 'Ignatius Vanterpool' });
  const { id } = await advised(desk);
  const reasons = 'Ignatius Vanterpool stands in it, so it is refused.';
  const refusing = { ...granting, decision: 'refuse', grounds: ['unfounded'], reasons };
  const proposal = press(desk, desk.people.mia, { id, seen: '5', ...refusing }, () =>
    erased(person),
  );
  expect(await proposal).toMatchObject({ refusal: { code: 'names-erased' } });
});
