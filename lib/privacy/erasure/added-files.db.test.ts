/** Files that somebody here added to requests, once a person is erased: as those that came with messages. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { addFile } from '../requests/add-file.ts';
import {
  closeRequest,
  finishRecipients,
  fulfilRequest,
  notifyRecipient,
} from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import { noteRequest } from '../requests/move-request.ts';
import { openRequestFile } from '../requests/open-file.ts';
import { readRequestTexts } from '../requests/read-texts.ts';
import { viewRequest } from '../requests/view-request.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import { endReplies } from './request-texts.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const seenOf = async (id: string) => `${(await loadRequest(desk.owner, id))?.seq ?? 0}`;
const letter = Buffer.from('%PDF-1.7\nDear Philippa Thornquist, here is our answer.');
const digest = createHash('sha256').update(letter).digest('hex');
const add = async (id: string) =>
  valueOf(
    await addFile(
      dora(),
      { id, seen: await seenOf(id), name: 'Thornquist.pdf', mediaType: 'application/pdf' },
      letter,
      desk.context,
    ),
  ).seq;
const open = async (id: string, seq: number) => {
  const file = await openRequestFile(dora(), { id, seq: `${seq}` }, desk.context);
  return file.ok ? Buffer.from(file.value.bytes).toString() : file.refusal.code;
};
const texts = async (id: string, purpose?: 'claim') =>
  new Map(
    valueOf(await readRequestTexts(dora(), { id, ...(purpose && { purpose }) }, desk.context)).map(
      ({ seq, field, text }) => [`${seq} ${field}`, text],
    ),
  );
const known = { 'full-name': 'Philippa Thornquist', email: 'philippa.thornquist@example.org' };
const given = {
  name: known['full-name'],
  email: known.email,
  message: 'Please erase everything that you hold about me.',
};

it('a file in a request of somebody else opens afterwards as it did, with its name and digest', async () => {
  const person = await somebody(desk, { 'full-name': 'Barnabas Quillfeather' });
  const { id } = await received(desk);
  const seq = await add(id);
  const note = 'Barnabas Quillfeather is not the sender.';
  valueOf(await noteRequest(dora(), { id, seen: `${seq}`, note }, desk.context));
  const { erasure } = await decidedErasure(desk, person);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  const after = await texts(id);
  expect(after.get(`${seq + 1} note`)).toBe(`${BLACK} is not the sender.`);
  expect(after.get(`${seq} file-name`)).toBe('Thornquist.pdf');
  expect(after.get(`${seq} file-digest`)).toBe(digest);
  expect(await open(id, seq)).toBe(letter.toString());
  // It goes on under its new key.
  expect(await open(id, await add(id))).toBe(letter.toString());
});

it('a file in a request of who was erased is gone, and so is the letter that answered it once all were told', async () => {
  const person = await somebody(desk, known);
  const { id, erasure } = await decidedErasure(desk, person, given);
  const before = await add(id);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  expect(await open(id, before)).toBe('file-erased');
  const cleared = await texts(id);
  expect(cleared.get(`${before} file-name`)).toBe(BLACK);
  expect(cleared.get(`${before} file-digest`)).toBe(BLACK);

  const seq = await add(id);
  expect(await open(id, seq)).toBe(letter.toString());
  const { sendable } = valueOf(await viewRequest(dora(), id, desk.context));
  const answer = {
    channel: 'email',
    sentAt: fieldOf(desk.context.clock()),
    digest: sendable.find((one) => one.seq === seq)?.digest ?? '',
    namesRemedies: 'yes',
    proof: 'Receipt of the mail service.',
  };
  valueOf(await fulfilRequest(dora(), { id, seen: await seenOf(id), ...answer }, desk.context));
  for (const { code } of valueOf(await viewRequest(dora(), id, desk.context)).recipients) {
    const told = { id, seen: await seenOf(id), recipient: code, result: 'told' };
    valueOf(await notifyRecipient(dora(), told, desk.context));
  }
  const reasons = 'All of them were told.';
  const told = { id, seen: await seenOf(id), reasons };
  valueOf(await finishRecipients(dora(), told, desk.context));
  valueOf(await closeRequest(dora(), { id, seen: await seenOf(id) }, desk.context));
  expect(await endReplies(erasureNeeds(desk))).toBe(1);
  const kept = await desk.owner.privacyRequestFile.count({
    where: { requestId: id, erasedAt: null },
  });
  expect(kept).toBe(0);
  const left = await texts(id, 'claim');
  expect(left.get(`${seq} file-name`)).toBe(BLACK);
  expect(left.get(`${seq} file-digest`)).toBe(BLACK);
  // What was sent is still told by its commitment.
  const { standing } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(standing.dispatch?.digest).toBe(answer.digest);
});
