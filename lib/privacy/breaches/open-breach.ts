import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { sealTexts } from '../requests/sealed-texts.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import { partyNumber } from './event.ts';
import { readyToLink, writeLink } from './link-breach.ts';
import { sources } from './life.ts';
import { readBreachTexts } from './texts.ts';

const nothing = z.literal('').transform(() => null);
const form = z.strictObject({
  source: z.enum(keysOf(sources), 'Say how it came to be known.'),
  noticedAt: minuteField('when it was noticed'),
  processor: z.string().max(40, 'This is no number.').default(''),
  toldAt: nothing.or(minuteField('when the processor told us')).default(null),
  incident: nothing
    .or(
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(
          /^[A-Z]{2,4}-\d{4}-\d{6,10}$/,
          'Give the number of the incident as its page has it, such as INC-2026-000001.',
        ),
    )
    .default(null),
  description: textField,
});

/**
 * Whoever sees that something happened to personal data says so; it is suspected until somebody confirms it. Where an
 * incident is named, both are linked in the same step.
 */
export async function openBreach(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksScope(actor, 'incident:report');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { source, noticedAt, incident, description } = read.form;
  const texts = readBreachTexts({ description });
  if (!texts.ok) return texts;
  const at = context.clock();
  const processor = readProcessor(read.form);
  if (!processor.ok) return processor;
  const ahead =
    findAhead('When it was noticed', noticedAt, at) ??
    (processor.value === null
      ? null
      : findAhead('When the processor told us', new Date(processor.value.toldAt), at));
  if (ahead) return ahead;
  if (processor.value !== null && noticedAt.getTime() > Date.parse(processor.value.toldAt))
    return refuse(
      'noticed-late',
      'A processor tells us of what was noticed before. Put when the processor noticed it, or when it told us where its notice doesn’t say.',
    );
  const facts = { source, noticedAt: noticedAt.toISOString(), processor: processor.value };
  const by = actor.personId;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const unknown = await findUnknownParty(tx, processor.value?.number ?? null);
      if (unknown) return unknown;
      const about = incident === null ? null : await readyToLink(tx, actor, incident);
      if (about?.ok === false) return about;
      const [keyId] = await dataKeys().make(1);
      if (keyId === undefined) throw new Error('The key service made no key.');
      const id = randomUUID();
      const sealed = await sealTexts({ home: 'privacy-breach', id, keyId, seq: 1 }, texts.texts);
      // The database counts: no role may give a number, so the statement names none.
      const [row] = await tx.$queryRaw<{ number: string }[]>`
        insert into privacy_breach (id, key_id, opened_at, opened_by)
          values (${id}::uuid, ${keyId}, ${at}, ${by}) returning number`;
      if (!row) throw new Error('The database gave no number.');
      const opening = { kind: 'opened', facts, texts: sealed, by, at } as const;
      await appendBreachEvent(tx, { id, number: row.number, seq: 0 }, opening);
      if (about) await writeLink(tx, about.value, { ref: row.number, by, now: at });
      return ok({ id, number: row.number });
    }),
  );
}

function readProcessor({
  source,
  processor,
  toldAt,
}: z.output<typeof form>): Result<{ number: string; toldAt: string } | null> {
  if (source !== 'processor') return ok(null);
  const number = partyNumber.safeParse(processor.trim());
  if (!number.success)
    return refuse(
      'processor-missing',
      'Give the number of the processor or provider that told us, as its page has it.',
    );
  return toldAt === null
    ? refuse('told-missing', 'Say when the processor told us.')
    : ok({ number: number.data, toldAt: toldAt.toISOString() });
}

async function findUnknownParty(tx: Tx, number: string | null): Promise<Refused | null> {
  if (number === null) return null;
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    select number from resilience_record where number = ${number} and kind in ('processor', 'provider') limit 1`;
  return row
    ? null
    : refuse('processor-unknown', `No processor or provider ${number} is on record.`);
}
