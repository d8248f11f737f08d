/** Of each value the copy says from where it is, as whoever wrote it down said. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { recordPerson } from '../people/record-person.ts';
import { decideCorrection } from '../rectification/decide-correction.ts';
import { proposeCorrection } from '../rectification/propose-correction.ts';
import { identifyPerson } from '../requests/move-request.ts';
import {
  built,
  clientId,
  collected,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { received } from '../testing/request-desk.ts';
import { accessPackage } from './package-schema.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

async function copyOf(id: string) {
  await built(desk, id, () => 'in');
  const files = unzipped(await zipOf(desk, id));
  const { values } = accessPackage.parse(JSON.parse(textOf(files['your-data.json'])));
  const pdf = readPdf(files['your-data.pdf'] ?? new Uint8Array())
    .flat()
    .join(' ');
  return { pdf, sources: values.map(({ field, version, source }) => [field, version, source]) };
}

it('each value says its own source, of a category or of all, and a correction says another', async () => {
  const { ada, ben, dora } = desk.people;
  const person = {
    client: clientId,
    role: 'representative',
    source: 'representative',
    'source-document': 'document',
    'full-name': 'Ines Duarte',
    email: 'ines.duarte@example.org',
    'document-number': 'P7654321',
  };
  const { id: subject } = valueOf(await recordPerson(ada.actor, person, desk.context));
  const change = { person: subject, source: 'registry', 'full-name': 'Inês Duarte' };
  const { correction } = valueOf(await proposeCorrection(ada.actor, change, desk.context));
  valueOf(await decideCorrection(ben.actor, { correction, outcome: 'made' }, desk.context));
  const { id } = await received(desk);
  const known = { person: subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora.actor, { id, seen: '1', ...known }, desk.context));
  valueOf(await collectSystem(dora.actor, { id, seen: '2', system: 'vault' }, desk.context));
  const { pdf, sources } = await copyOf(id);
  expect(new Set(sources)).toEqual(
    new Set([
      ['document-number', 1, 'A document that we saw'],
      ['email', 1, 'Somebody who acts for the client told us'],
      ['full-name', 1, 'Somebody who acts for the client told us'],
      ['full-name', 2, 'A public register'],
    ]),
  );
  expect(pdf).toContain('A public register.');
  expect(pdf).not.toContain('You told us');
  const origins = await desk.owner.personValue.findMany({
    where: { personId: subject, field: 'full-name' },
    select: { origin: true },
  });
  // What a register or somebody else said was not provided by the person.
  expect(new Set(origins.map(({ origin }) => origin))).toEqual(new Set(['third-party']));
});

it('where nobody wrote down from where a value is, the copy says so and claims nothing', async () => {
  const { id } = await collected(desk);
  const { pdf, sources } = await copyOf(id);
  expect(new Set(sources.map(([, , source]) => source))).toEqual(
    new Set(['From where it is was not written down']),
  );
  expect(pdf).not.toContain('You told us');
});

it('nobody is recorded or corrected without a word on from where it is', async () => {
  const { ada } = desk.people;
  const given = { client: clientId, role: 'client', 'full-name': 'Otto Ohne' };
  const recorded = await recordPerson(ada.actor, given, desk.context);
  const change = { person: desk.subject, 'full-name': 'Änne Maier' };
  const corrected = await proposeCorrection(ada.actor, change, desk.context);
  for (const refused of [recorded, corrected])
    expect(refused).toMatchObject({ refusal: { code: 'form-invalid' } });
});
