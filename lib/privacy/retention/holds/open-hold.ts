import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { dayField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { sealTexts } from '../../requests/sealed-texts.ts';
import { readTexts } from '../../requests/texts.ts';
import { lacksDeciding } from './act-on-hold.ts';
import { appendHoldEvent } from './append-hold-event.ts';
import { coverField, coversMax, type HoldFacts } from './event.ts';
import { articles, grounds, type Cover } from './life.ts';
import { findErased } from './find-erased.ts';
import { findOpeningFault } from './rules.ts';

/** One of a kind, several apart by spaces, commas or lines. */
const severalField = z.string().max(4_000, 'This is too long.').default('');
const form = z.strictObject({
  ground: z.enum(keysOf(grounds), 'Choose what the hold rests on.'),
  article: z.enum(keysOf(articles), 'Choose the article.'),
  reviewOn: dayField('the day of the review'),
  person: severalField,
  client: severalField,
  category: severalField,
  record: severalField,
  reasons: textField,
});

const wrongNames: Readonly<Record<Cover['kind'], string>> = {
  person: 'is no id of a person. Write ids such as ps-abcdefghijklmnop.',
  client: 'is no number of a client.',
  category: 'is no category of records.',
  record: 'is no number of a record. Write it as its page has it, such as DSR-2026-000001.',
};

function readCovers(asked: z.output<typeof form>): Result<HoldFacts<'opened'>['covers']> {
  const covers: HoldFacts<'opened'>['covers'] = [];
  for (const kind of ['person', 'client', 'category', 'record'] as const)
    for (const subject of asked[kind].split(/[\s,;]+/u).filter(Boolean)) {
      const read = coverField.safeParse({ kind, subject });
      if (!read.success)
        return refuse('cover-invalid', `“${subject.slice(0, 60)}” ${wrongNames[kind]}`);
      covers.push(read.data);
    }
  if (covers.length === 0) return refuse('covers-nothing', 'Say what the hold covers.');
  return covers.length > coversMax
    ? refuse('too-many', `One hold covers at most ${coversMax} things. Open another one.`)
    : ok(covers);
}

/**
 * Opens a hold with a key of its own. From then on, nothing that it covers is erased: an erasure that took nothing out yet
 * goes no further, and one that did is named in a refusal. Nobody's values go while it is decided.
 */
export async function openHold(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksDeciding(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { ground, article, reviewOn, reasons } = read.form;
  const covers = readCovers(read.form);
  if (!covers.ok) return covers;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const at = context.clock();
  const facts = { ground, article, reviewOn, covers: covers.value };
  const fault = findOpeningFault(facts, dayOf(at));
  if (fault) return fault;
  const by = actor.personId;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      // Whoever takes values out has been, or waits until the hold stands.
      await lockNamed(tx, 'legal holds');
      const unknown = await findUnknown(tx, facts.covers);
      if (unknown) return unknown;
      const [keyId] = await dataKeys().make(1);
      if (keyId === undefined) throw new Error('The key service made no key.');
      const id = randomUUID();
      const sealed = await sealTexts({ home: 'privacy-hold', id, keyId, seq: 1 }, texts.texts);
      // The database counts: no role may give a number, so the statement names none.
      const [row] = await tx.$queryRaw<{ number: string }[]>`
        insert into privacy_hold (id, key_id, opened_at, opened_by)
          values (${id}::uuid, ${keyId}, ${at}, ${by}) returning number`;
      if (!row) throw new Error('The database gave no number.');
      const opening = { kind: 'opened', facts, texts: sealed, by, at } as const;
      await appendHoldEvent(tx, { id, number: row.number, seq: 0 }, opening);
      return ok({ id, number: row.number });
    }),
  );
}

/** A hold on what is not there would keep nothing and look as if it did. */
async function findUnknown(tx: Tx, covers: readonly Cover[]): Promise<Result<never> | null> {
  const of = (kind: Cover['kind']): string[] =>
    covers.filter((cover) => cover.kind === kind).map(({ subject }) => subject);
  const [people, clients] = await Promise.all([
    tx.person.findMany({ where: { id: { in: of('person') } }, select: { id: true } }),
    tx.client.findMany({ where: { id: { in: of('client') } }, select: { id: true } }),
  ]);
  const person = of('person').find((id) => !people.some((one) => one.id === id));
  if (person !== undefined) return refuse('person-unknown', `Nobody is known as ${person}.`);
  const gone = await findErased(tx, of('person'));
  if (gone) return gone;
  const client = of('client').find((id) => !clients.some((one) => one.id === id));
  if (client !== undefined) return refuse('client-unknown', `There is no client ${client}.`);
  return findUnknownRecord(tx, of('record'));
}

/** A record by itself is kept where it is a request, a hold or a breach: nothing else goes by its number. */
async function findUnknownRecord(tx: Tx, numbers: readonly string[]): Promise<Refused | null> {
  const asked = { where: { number: { in: [...numbers] } }, select: { number: true } };
  const requests = await tx.privacyRequestStanding.findMany(asked);
  const holds = await tx.privacyHoldStanding.findMany(asked);
  const breaches = await tx.privacyBreach.findMany({
    where: asked.where,
    select: { number: true, erasure: { select: { begunAt: true } } },
  });
  const gone = breaches.find(({ erasure }) => erasure !== null);
  if (gone?.erasure)
    return refuse(
      'erased',
      `The file of ${gone.number} was erased on ${dayOf(gone.erasure.begunAt)}: its key is destroyed, so a hold comes too late for it. Take it out of the hold.`,
    );
  const known = new Set([...requests, ...holds, ...breaches].map(({ number }) => number));
  const unknown = numbers.find((number) => !known.has(number));
  return unknown === undefined
    ? null
    : refuse(
        'record-unknown',
        `There is no request, no legal hold and no breach ${unknown}. Write the number as its page has it.`,
      );
}
