/** A text that does not open stops nobody's copy: it is named with its place, and on record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unopened } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { damageText } from '#lib/platform/db/testing/damage-text.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { addRecipient } from '../requests/record-recipient.ts';
import { submitForm } from '../requests/submit-form.ts';
import { unparsedText } from '../testing/broken-rows.ts';
import {
  adviseOn,
  built,
  collected,
  noted,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, grantingInPart, press } from '../testing/request-desk.ts';
import { accessPackage } from './package-schema.ts';
import { readPreview } from './read-preview.ts';

let desk: PackagesDesk;
let note: string;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await noted(desk, 'Änne Müller asked for the usual payment.');
  await noted(desk, 'Änne Müller said what nobody can read any more.');
  const row = await desk.owner.operationNote.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  note = row.commitment;
  await damageText(desk.owner, 'operation_note', note);
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const why = 'It is on record and nobody can read it, so nothing of it can be given';
const line = (what: string) => ({
  what: `${what}, which could not be opened`,
  records: 1,
  ground: 'not-opened',
  why,
});
async function copyOf(id: string) {
  const files = unzipped(await zipOf(desk, id));
  const pdf = readPdf(files['your-data.pdf'] ?? new Uint8Array())
    .flat()
    .join(' ');
  return { ...accessPackage.parse(JSON.parse(textOf(files['your-data.json']))), pdf };
}
const refusals = async () =>
  (await desk.owner.dataKeyRefusal.findMany({ where: { kind: 'text' } })).map(
    ({ owner, fault }) => `${owner} ${fault}`,
  );

it('one note that names the person and does not open is left out as such, and the rest goes in', async () => {
  const { id } = await collected(desk);
  const digest = await built(desk, id, () => 'in');
  const { texts, leftOut, pdf } = await copyOf(id);
  expect(texts.map(({ text }) => text)).toContain('Änne Müller asked for the usual payment.');
  expect(leftOut).toEqual([line('A note on an operation')]);
  expect(pdf).toContain('A note on an operation, which could not be opened: 1.');
  expect(pdf).not.toContain('granted in part');
  expect(await refusals()).toEqual([`operation_note/${note} seal-broken`]);
  // It is no ground on which a copy is refused in part.
  await adviseOn(desk, id);
  const proposal = { id, seen: '5', package: digest };
  expect(await press(desk, desk.people.mia, { ...proposal, ...grantingInPart })).toMatchObject({
    refusal: { code: 'nothing-left-out' },
  });
  valueOf(await press(desk, desk.people.mia, { ...proposal, ...granting }));
});

it('nobody has the person told of one that staff wrote before somebody said so', async () => {
  const { id } = await collected(desk);
  await built(desk, id);
  expect((await copyOf(id)).leftOut).toEqual([]);
  const { items } = valueOf(await readPreview(dora(), { id }, desk.context));
  expect(items.find(({ item }) => item === `operation_note/${note}`)).toMatchObject({
    take: 'undecided',
    text: unopened,
  });
  await built(desk, id, (text) => (text === unopened ? 'restricted-by-law' : 'in'));
  const { leftOut, pdf } = await copyOf(id);
  expect(leftOut).toEqual([]);
  expect(pdf).not.toContain('could not be opened');
});

it('what the person wrote, and whom the desk put on record, are named where they do not open', async () => {
  const form = {
    right: 'access',
    name: 'Änne Müller',
    email: 'anne@example.org',
    message: 'What do you hold of me?',
  };
  const { number } = valueOf(await submitForm(form, desk.context));
  const { id } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { number } });
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...person }, desk.context));
  valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
  const recipient = 'Prüfgesellschaft Nord GmbH';
  const entry = { id, seen: '3', recipient, received: 'Statements.', receivedOn: '2026-03-01' };
  valueOf(await addRecipient(dora(), entry, desk.context));
  const rows = await desk.owner.privacyRequestText.findMany({
    where: { requestId: id, field: { in: ['message', 'recipient'] } },
    orderBy: { seq: 'asc' },
  });
  for (const { commitment } of rows)
    await damageText(desk.owner, 'privacy_request_text', commitment);
  const draft = await unparsedText(desk, 'threat_draft', 'Änne Müller, and no JSON');
  await desk.web.personMention.create({
    data: { personId: desk.subject, ofTable: 'threat_draft', commitment: draft },
  });
  await built(desk, id, () => 'in', { again: 'yes' });
  const { information, leftOut, texts } = await copyOf(id);
  expect(leftOut).toEqual(
    expect.arrayContaining([
      line(`What you wrote in request ${number}`),
      line('A draft about a cyber threat'),
    ]),
  );
  expect(texts.map(({ text }) => text).join(' ')).not.toContain('no JSON');
  expect(information.recipients.received).toContainEqual({
    name: 'A recipient whose name could not be opened',
    what: 'Statements.',
    on: '2026-03-01T00:00:00.000Z',
  });
  expect(await refusals()).toEqual(
    expect.arrayContaining([
      `privacy_request_text/${id} 1 message seal-broken`,
      `privacy_request_text/${id} 4 recipient seal-broken`,
      `threat_draft/${draft} not-parsed`,
    ]),
  );
});
