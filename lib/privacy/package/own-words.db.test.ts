/** Only what the person wrote is theirs; what the desk took down of it goes out once somebody has read it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { importMessage } from '../requests/import-message.ts';
import { channels } from '../requests/life.ts';
import { askPerson, identifyPerson, recordAnswer } from '../requests/move-request.ts';
import { submitForm } from '../requests/submit-form.ts';
import { mail, said } from '../testing/messages.ts';
import {
  built,
  collected,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { loadTexts } from './load-texts.ts';
import { accessPackage } from './package-schema.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const phoned =
  'Compliance (Bob Stone, bob@example.com) told me that a suspicion was reported on her.';
const now = () => fieldOf(desk.context.clock());
const identify = async (id: string, seen: string) =>
  valueOf(
    await identifyPerson(
      desk.people.dora.actor,
      { id, seen, person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' },
      desk.context,
    ),
  );
const textsOf = async (number: string) => {
  const { texts } = await inTransaction(desk.web, (tx) =>
    loadTexts(tx, { id: desk.subject, spans: [] }),
  );
  return texts
    .filter(({ about }) => about.includes(number))
    .map(({ about, text, isOwn }) => ({ about, text, isOwn }));
};

it('what the desk took down at the telephone is decided on by a person, and blacked out', async () => {
  const { id } = await collected(desk, { channel: 'phone', message: phoned });
  await built(desk, id);
  const copy = async () =>
    accessPackage.parse(JSON.parse(textOf(unzipped(await zipOf(desk, id))['your-data.json'])));
  const { undecided } = await desk.owner.privacyPackageBuilt.findFirstOrThrow({
    where: { package: { requestId: id } },
  });
  expect(undecided).toBe(1);
  expect((await copy()).texts).toEqual([]);
  await built(desk, id, () => 'in', { again: 'yes' });
  const { texts } = await copy();
  expect(texts).toHaveLength(1);
  expect(texts[0]?.about).not.toContain('you wrote');
  expect(texts[0]?.text).not.toContain('bob@example.com');
});

it('no request that was entered by hand is in the words of its sender, by whichever way it came', async () => {
  for (const channel of Object.keys(channels).filter((one) => one !== 'form')) {
    const { number } = await collected(desk, { channel, message: `By ${channel}: ${phoned}` });
    expect([channel, ...(await textsOf(number)).map(({ isOwn }) => isOwn)]).toEqual([
      channel,
      false,
    ]);
  }
});

it('the public form and a message taken in as a file are the own words of the person', async () => {
  const form = {
    right: 'access',
    name: 'Änne Müller',
    email: 'anne@example.org',
    message: 'What do you hold about me?',
  };
  const { number } = valueOf(await submitForm(form, desk.context));
  const row = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { number } });
  await identify(row.id, '1');
  expect(await textsOf(number)).toEqual([
    { about: `What you wrote in request ${number}`, text: form.message, isOwn: true },
  ]);
  const imported = valueOf(
    await importMessage(
      desk.people.dora.actor,
      { right: 'access', receivedAt: now(), forAnother: 'no' },
      mail([said('Please send me my data.')]),
      desk.context,
    ),
  );
  await identify(imported.id, '1');
  const about = `What you wrote in request ${imported.number}`;
  expect(await textsOf(imported.number)).toEqual([
    { about, text: 'Please send me my data.', isOwn: true },
    { about, text: 'My data', isOwn: true },
  ]);
});

it('an answer is typed by the desk, also where the request came through the form', async () => {
  const form = {
    right: 'access',
    name: 'Änne Müller',
    email: 'anne@example.org',
    message: 'Send me a copy of it all.',
  };
  const { number } = valueOf(await submitForm(form, desk.context));
  const { id } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { number } });
  await identify(id, '1');
  const { actor } = desk.people.dora;
  const question = { about: 'scope', sentAt: now(), question: 'Which account do you mean?' };
  valueOf(await askPerson(actor, { id, seen: '2', ...question }, desk.context));
  valueOf(
    await recordAnswer(actor, { id, seen: '3', answeredAt: now(), answer: phoned }, desk.context),
  );
  const texts = await textsOf(number);
  expect(texts.map(({ text, isOwn }) => [text, isOwn])).toEqual([
    [form.message, true],
    [phoned, false],
  ]);
});
