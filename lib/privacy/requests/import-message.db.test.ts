import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { mail, png, said } from '../testing/messages.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { importMessage } from './import-message.ts';
import { openRequestFile } from './open-file.ts';
import { readRequestTexts } from './read-texts.ts';
import { viewRequestFile } from './view-request-file.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const form = () => ({
  right: 'access',
  receivedAt: fieldOf(desk.context.clock()),
  forAnother: 'no',
});
const take = (bytes: Uint8Array, more: object = {}) =>
  importMessage(desk.people.dora.actor, { ...form(), ...more }, bytes, desk.context);

it('a message becomes a request with its files sealed, and what was left out is named', async () => {
  const picture = Buffer.concat([png, Buffer.alloc(2_500_000, 7)]);
  const bytes = mail([
    said('Please send me my data.'),
    { type: 'image/png', name: 'passport.png', body: picture },
    { type: 'application/zip', name: 'all.zip', body: 'PK' },
  ]);
  const before = await received(desk);
  const { id } = valueOf(await take(bytes));
  const { dora, ada } = desk.people;
  const stranger = { ...ada.actor, scopes: scopesOf(['administrator']) };
  const view = valueOf(await viewRequest(dora.actor, id, desk.context));
  expect(view.events.map(({ kind }) => kind)).toEqual(['opened', 'file-added', 'files-left-out']);
  // From is a claim: nobody is identified by it, but what else came from there is found.
  expect(view.standing.person).toBeNull();
  expect(view.alike.map(({ number }) => number)).toContain(before.number);
  const file = valueOf(await openRequestFile(dora.actor, { id, seq: '2' }, desk.context));
  expect(file.mediaType).toBe('image/png');
  expect(Buffer.from(file.bytes).equals(picture)).toBe(true);
  // It is saved under a name of ours: its sender's may say that it is something else.
  const saved = valueOf(await viewRequestFile(dora.actor, { id, seq: '2' }, desk.context));
  expect(saved.name).toBe(`${view.number}-file-2.png`);
  expect((await openRequestFile(stranger, { id, seq: '2' }, desk.context)).ok).toBe(false);
  expect((await openRequestFile(dora.actor, { id, seq: '1' }, desk.context)).ok).toBe(false);
  const texts = new Map(
    valueOf(await readRequestTexts(dora.actor, { id }, desk.context)).map(({ field, text }) => [
      field,
      text,
    ]),
  );
  expect(texts.get('email')).toBe('anne@example.org');
  expect(texts.get('left-out')).toMatch(/^all\.zip: 2 bytes, SHA-256 [0-9a-f]{64}$/);
  const kept = await desk.owner.$queryRaw<{ sealed: Uint8Array }[]>`
    select sealed from privacy_request_file where request_id = ${id}::uuid`;
  expect(kept).toHaveLength(3);
  for (const { sealed } of kept)
    expect(Buffer.from(sealed).includes(Buffer.alloc(50, 7))).toBe(false);
});

it('its receipt is when we got it, not what its header says, unless the DPO says from what', async () => {
  const bytes = mail([said('Please send me my data.')]);
  const { id } = valueOf(await take(bytes));
  const view = valueOf(await viewRequest(desk.people.dora.actor, id, desk.context));
  expect(view.standing.opening).toMatchObject({ isEarlier: false, channel: 'email' });
  const receivedAt = fieldOf(new Date(desk.context.clock().getTime() - 3 * 86_400_000));
  expect((await take(bytes, { receivedAt })).ok).toBe(false);
  const reasons = 'The mail server took it in then, by its log.';
  expect((await take(bytes, { receivedAt, reasons })).ok).toBe(true);
  expect((await take(new Uint8Array([1, 2, 3]))).ok).toBe(false);
});
