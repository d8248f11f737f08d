import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { KeysRefusal } from '#lib/persons/keys-refusal.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import type { Ok, Refused } from '#lib/platform/result.ts';
import { inRecords } from './in-records.ts';
import { lacksAnyWriting, lacksSaving, mayWrite } from './kind-scopes.ts';
import { areaOf, kinds } from './kinds.ts';
import type { RecordRefused } from './refusals.ts';
import { writeRecord, type Written } from './write-record.ts';

const form = z.strictObject({
  kind: z.enum(kinds, 'Choose what kind of record it is.'),
  id: z.uuid('There is no such record.').toLowerCase().nullable(),
  seen: z.int().min(0).max(10_000),
  facts: z.record(z.string().max(100), z.unknown()),
  texts: z
    .record(z.string().max(100), z.string().max(20_000, 'This text is too long.'))
    .refine((texts) => Object.keys(texts).length <= 200, 'These are too many texts.'),
});

/**
 * Saves a record of resilience or of data protection: a new one, or a next version of one that was read. Every refusal names the fields
 * and what is wrong with each; nothing of a refused record is kept.
 */
export async function saveRecord(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Ok<Written> | RecordRefused | Refused<'not-allowed' | 'form-invalid' | KeysRefusal>> {
  const refused = lacksAnyWriting(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { kind, id, seen, facts, texts } = read.form;
  const lacking = lacksSaving(actor, { kind, facts });
  if (lacking) return lacking;
  const onlyAgrees = !mayWrite(actor, areaOf(kind));
  return inRecords(context.db, (tx) =>
    writeRecord(tx, {
      kind,
      id,
      seen,
      facts,
      texts,
      onlyAgrees,
      by: actor.personId,
      at: context.clock(),
    }),
  );
}
