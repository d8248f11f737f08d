import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { KeysRefusal } from '#lib/persons/keys-refusal.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Ok, type Refused } from '#lib/platform/result.ts';
import { readText } from '#lib/protocol/free-text.ts';
import { inRecords } from './in-records.ts';
import { lacksAnyWriting, lacksWriting } from './kind-scopes.ts';
import { areaOf } from './kinds.ts';
import { loadRecord } from './load-record.ts';
import { lockRecords } from './lock-records.ts';
import { refuseRecord, type RecordRefused } from './refusals.ts';
import { retiredBecause } from './retired-because.ts';
import { rulesFor } from './rules-of.ts';
import { insertVersion, type Written } from './insert-versions.ts';

const form = z.strictObject({
  id: z.uuid('There is no such record.').toLowerCase(),
  seen: z.int().min(1).max(10_000),
  reason: z.string('Say why it is retired.').max(20_000, 'This text is too long.'),
});

const why = {
  least: 3,
  most: 500,
  tooShort: 'Say why it is retired, in a few words.',
  tooLong: 'Say why in at most 500 characters.',
  lines: true,
};

const namedMax = 5;

/**
 * Takes a record out of use; it stays with all its versions, and the name that it has stays taken. Refused while
 * another that is in use names it, and while its kind has it open. A later version brings it back.
 */
export async function retireRecord(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Ok<Written> | RecordRefused | Refused<'not-allowed' | 'form-invalid' | KeysRefusal>> {
  const refused = lacksAnyWriting(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const reason = readText(read.form.reason, why);
  if (!reason.ok)
    return {
      ...refuse('record-invalid', reason.sentence),
      faults: [{ field: 'reason', reason: reason.sentence }],
    };
  return inRecords(context.db, async (tx) => {
    await lockRecords(tx);
    const before = await loadRecord(tx, id);
    if (!before) return refuseRecord('record-unknown', 'There is no such record.');
    const lacking = lacksWriting(actor, areaOf(before.kind));
    if (lacking) return lacking;
    if (before.version !== seen)
      return refuseRecord('record-moved', 'Somebody changed it in the meantime. Read it again.');
    if (before.retired) return refuseRecord('record-retired', 'It is retired already.');
    const kept = rulesFor(before.kind).keptBecause?.(before.facts) ?? null;
    if (kept !== null) return refuseRecord('record-open', kept);
    const naming = await numbersNaming(tx, id);
    if (naming.length > 0)
      return refuseRecord(
        'record-linked',
        `It is named by ${naming.slice(0, namedMax).join(', ')}${naming.length > namedMax ? ' and others' : ''}. Change those first.`,
      );
    return ok(
      await insertVersion(tx, {
        kind: before.kind,
        id,
        before,
        facts: before.facts,
        written: { [retiredBecause]: reason.text },
        retired: true,
        by: actor.personId,
        at: context.clock(),
      }),
    );
  });
}

async function numbersNaming(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.resilienceLink.findMany({
    where: { toId: id, from: { retired: false } },
    select: { from: { select: { number: true } } },
    orderBy: { fromId: 'asc' },
    take: 50,
  });
  return [...new Set(rows.map(({ from }) => from.number))];
}
