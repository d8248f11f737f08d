/** Who received data of a person is told by name: whom the desk knows, and to whom the person had them transmitted. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { askTransmission } from '../requests/ask-transmission.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { recipientsOf } from '../requests/load-recipients.ts';
import { addRecipient, strikeRecipient } from '../requests/record-recipient.ts';
import { accessPackage } from './package-schema.ts';
import {
  adviseOn,
  built,
  collected,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, press, received } from '../testing/request-desk.ts';
import { giveOpinion } from '../requests/move-request.ts';
import { sentDigest } from '../testing/sent-digest.ts';
import { reviewRequest } from '../requests/review-request.ts';

/** Of what the vault holds beside, portability takes nothing along. */
const portableInPart = { ...granting, decision: 'grant-in-part', grounds: ['not-provided'] };

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const entry = (id: string, seen: number) => ({
  id,
  seen: String(seen),
  recipient: 'Prüfgesellschaft Nord GmbH',
  received: 'Statements of 2025, for the audit of the accounts.',
  receivedOn: '2026-03-01',
});

async function toldOf(id: string): Promise<string[]> {
  await built(desk, id, () => 'in', { again: 'yes' });
  const files = unzipped(await zipOf(desk, id));
  const { information } = accessPackage.parse(JSON.parse(textOf(files['your-data.json'])));
  return information.recipients.received.map(({ name, what, on }) => `${name} ${what} ${on}`);
}

it('a recipient that the desk put on record is told by name, and one that it struck is not', async () => {
  const unknown = await received(desk);
  expect(await code(addRecipient(dora(), entry(unknown.id, 1), desk.context))).toBe(
    'not-identified',
  );
  const { id, number } = await collected(desk);
  expect(
    await code(addRecipient(dora(), { ...entry(id, 3), receivedOn: '2096-01-01' }, desk.context)),
  ).toBe('in-the-future');
  expect(await code(addRecipient(desk.people.mia.actor, entry(id, 3), desk.context))).toBe(
    'not-allowed',
  );
  valueOf(await addRecipient(dora(), entry(id, 3), desk.context));
  valueOf(
    await addRecipient(dora(), { ...entry(id, 4), recipient: 'Somebody Else AG' }, desk.context),
  );
  const strike = { id, seen: '5', of: '5', reasons: 'That was about another client.' };
  expect(await code(strikeRecipient(dora(), { ...strike, of: '3' }, desk.context))).toBe(
    'recipient-unknown',
  );
  valueOf(await strikeRecipient(dora(), strike, desk.context));
  expect(await toldOf(id)).toEqual([
    'Prüfgesellschaft Nord GmbH Statements of 2025, for the audit of the accounts. 2026-03-01T00:00:00.000Z',
  ]);
  // They are among those whom a correction is told to (Art 19).
  const known = await recipientsOf(desk.web, desk.subject);
  expect(known.filter(({ from }) => from === 'request').map(({ code: one }) => one)).toEqual([
    `${number.toLowerCase()}-4`,
  ]);
  // Told in the next copy, too.
  const later = await collected(desk);
  expect((await toldOf(later.id)).join(' ')).toContain('Prüfgesellschaft Nord');
});

it('a copy from before a recipient was put on record is not what is decided about', async () => {
  const { id } = await collected(desk);
  const digest = await built(desk, id, () => 'in');
  valueOf(await addRecipient(dora(), entry(id, 3), desk.context));
  const review = { id, seen: '4', blockers: [], reasons: 'Nothing stands against it here.' };
  valueOf(await reviewRequest(dora(), review, desk.context));
  const opinion = { id, seen: '5', opinion: 'for', text: 'She has the right to all of it.' };
  valueOf(await giveOpinion(dora(), opinion, desk.context));
  const proposal = { id, seen: '6', ...granting };
  expect(await code(press(desk, desk.people.mia, { ...proposal, package: digest }))).toBe(
    'package-older',
  );
  const newer = await built(desk, id, () => 'in', { again: 'yes' });
  valueOf(await press(desk, desk.people.mia, { ...proposal, package: newer }));
});

it('data that the person wants transmitted go to whom they named, and the dispatch says so', async () => {
  const access = await collected(desk);
  const wish = { recipient: 'Verwahrer Süd AG, transfer@sued.example', isFeasible: 'yes' };
  expect(
    await code(askTransmission(dora(), { id: access.id, seen: '3', ...wish }, desk.context)),
  ).toBe('other-right');
  const { id } = await collected(desk, { right: 'portability' });
  const asked = { id, seen: '3', ...wish };
  expect(await code(askTransmission(dora(), { ...asked, isFeasible: 'no' }, desk.context))).toBe(
    'text-invalid',
  );
  await built(desk, id);
  await adviseOn(desk, id);
  valueOf(await askTransmission(dora(), { ...asked, seen: '5' }, desk.context));
  const { mia, ben } = desk.people;
  valueOf(await press(desk, mia, { id, seen: '6', ...portableInPart }));
  valueOf(await press(desk, ben, { id, seen: '7', step: 'approved' }));
  const sent = {
    id,
    seen: '8',
    channel: 'portal',
    sentAt: fieldOf(desk.context.clock()),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
    proof: 'Receipt of their interface.',
  };
  expect(await code(fulfilRequest(dora(), sent, desk.context))).toBe('not-transmitted');
  valueOf(await fulfilRequest(dora(), { ...sent, channel: 'direct' }, desk.context));
  const event = await desk.owner.privacyRequestEvent.findFirstOrThrow({
    where: { requestId: id, kind: 'fulfilled' },
  });
  expect(event.facts).toMatchObject({ channel: 'direct', transmission: 6 });
  expect((await toldOf(access.id)).join(' ')).toContain('Verwahrer Süd AG');
});

it('nothing is transmitted that nobody asked to have transmitted', async () => {
  const { id } = await collected(desk, { right: 'portability' });
  await built(desk, id);
  await adviseOn(desk, id);
  const { mia, ben } = desk.people;
  valueOf(await press(desk, mia, { id, seen: '5', ...portableInPart }));
  valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
  const sent = {
    id,
    seen: '7',
    channel: 'direct',
    sentAt: fieldOf(desk.context.clock()),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
    proof: 'Receipt of their interface.',
  };
  expect(await code(fulfilRequest(dora(), sent, desk.context))).toBe('no-transmission');
});
