/** A copy that leaves something out says so, and so does the decision about it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import type { Result } from '#lib/platform/result.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { loadRequest } from '../requests/load-request.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { submitForm } from '../requests/submit-form.ts';
import { orderPackage } from './order-package.ts';
import { accessPackage } from './package-schema.ts';
import { readPreview } from './read-preview.ts';
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

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await noted(desk, 'Änne Müller and Bruno Kowalczyk asked for it together.');
  await noted(desk, 'The usual payment to the exchange.');
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};

async function copyOf(id: string) {
  const files = unzipped(await zipOf(desk, id));
  const pdf = readPdf(files['your-data.pdf'] ?? new Uint8Array())
    .flat()
    .join(' ');
  return { ...accessPackage.parse(JSON.parse(textOf(files['your-data.json']))), pdf };
}

it('what the rights of others keep out is named with the article, and granted in part alone', async () => {
  const { id } = await collected(desk);
  const digest = await built(desk, id, (text) => (text.includes('usual') ? 'others-rights' : 'in'));
  const { leftOut, pdf } = await copyOf(id);
  const why = 'Rights and freedoms of others (Article 15(4) GDPR)';
  expect(leftOut).toEqual([
    { what: 'Texts with parts blacked out', records: 1, ground: 'others-rights', why },
    { what: 'Texts left out', records: 1, ground: 'others-rights', why },
  ]);
  expect(pdf).toContain('granted in part');
  expect(pdf).toContain('Änne Müller and [blacked out] asked');
  expect(pdf).not.toContain('U+');
  await adviseOn(desk, id);
  const { mia, ben, dora } = desk.people;
  const proposal = { id, seen: '5', package: digest };
  expect(await code(press(desk, mia, { ...proposal, ...granting }))).toBe('left-out');
  const other = { ...grantingInPart, grounds: ['restricted-by-law'] };
  expect(await code(press(desk, mia, { ...proposal, ...other }))).toBe('left-out');
  valueOf(await press(desk, mia, { ...proposal, ...grantingInPart }));
  valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
  expect((await loadRequest(desk.owner, id))?.standing.proposal?.decision).toBe('grant-in-part');
  expect(await code(readPreview(dora.actor, { id }, desk.context))).toBe('done');
});

it('what law forbids to tell of leaves no trace in the copy, and no text is left out without a ground', async () => {
  const earlier = await collected(desk);
  const { id } = await collected(desk);
  const digest = await built(desk, id, () => 'restricted-by-law');
  const { leftOut, texts, pdf } = await copyOf(id);
  expect(leftOut).toEqual([]);
  expect(texts).toEqual([]);
  expect(pdf).not.toContain('granted in part');
  const { items } = valueOf(await readPreview(desk.people.dora.actor, { id }, desk.context));
  const out = items.filter(({ take }) => take === 'out');
  expect(out.filter(({ about }) => about === 'A note on an operation')).toHaveLength(2);
  expect(out.filter(({ outOn }) => outOn !== 'restricted-by-law')).toEqual([]);
  const choices = out.map(({ item }) => ({ item, take: 'out', reason: 'Nobody says why.' }));
  expect(await code(orderPackage(desk.people.dora.actor, { id, choices }, desk.context))).toBe(
    'ground-missing',
  );
  await adviseOn(desk, id);
  const proposal = { id, seen: '5', package: digest };
  expect(await code(press(desk, desk.people.mia, { ...proposal, ...grantingInPart }))).toBe(
    'nothing-left-out',
  );
  const excessive = { ...grantingInPart, grounds: ['excessive'], earlier: [earlier.number] };
  expect(await code(press(desk, desk.people.mia, { ...proposal, ...excessive }))).toBe(
    'nothing-left-out',
  );
  const forbidden = { ...grantingInPart, grounds: ['restricted-by-law'] };
  valueOf(await press(desk, desk.people.mia, { ...proposal, ...forbidden }));
});

it('a web server that was taken grants no copy whole that leaves something out', async () => {
  const { id } = await collected(desk);
  const digest = await built(desk, id, () => 'in');
  await adviseOn(desk, id);
  const state = async (decision: string, grounds: string[]): Promise<string | null> =>
    inTransaction(desk.web, (tx) =>
      tx.privacyRequestEvent.create({
        data: {
          requestId: id,
          seq: 6,
          kind: 'proposed',
          actor: desk.people.mia.actor.personId,
          at: desk.context.clock(),
          facts: {
            decision,
            grounds,
            earlier: [],
            events: 'a'.repeat(64),
            package: digest,
            plan: null,
          },
        },
      }),
    ).then(
      () => null,
      (error: unknown) => `${sqlStateOf(error)} ${String(error).includes('leaves something out')}`,
    );
  expect(await state('grant', [])).toBe('CS002 true');
  expect(await state('grant-in-part', ['restricted-by-law'])).toBe('CS002 true');
});

it('what the person wrote themselves stays whole, whoever it names, and makes no copy one in part', async () => {
  const message =
    'What did you tell Bruno Kowalczyk of my data? Write to me, not to b.k@example.org.';
  const form = { right: 'access', name: 'Änne Müller', email: 'anne@example.org', message };
  const { number } = valueOf(await submitForm(form, desk.context));
  const { id } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { number } });
  const { actor } = desk.people.dora;
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(actor, { id, seen: '1', ...person }, desk.context));
  valueOf(await collectSystem(actor, { id, seen: '2', system: 'vault' }, desk.context));
  await built(desk, id, () => 'restricted-by-law');
  const { leftOut, texts } = await copyOf(id);
  expect(leftOut).toEqual([]);
  expect(texts.map(({ text }) => text)).toContain(message);
});
