import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { canonicalize, intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';

/** Set anew each time a form is sent, so they say nothing about what the person wants. */
const madeAnew: ReadonlySet<string> = new Set(['notAfter', 'reasonCommitment']);

/** The first field in which two intents differ, apart from those made anew with each try. */
export function differingField(first: Intent, second: Intent): string | null {
  const left: Record<string, unknown> = { ...first };
  const right: Record<string, unknown> = { ...second };
  const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const field of fields) {
    if (madeAnew.has(field)) continue;
    if (left[field] === undefined || right[field] === undefined) return field;
    if (canonicalize(left[field]) !== canonicalize(right[field])) return field;
  }
  return null;
}

/**
 * Whether an operation with this intent's id was raised already. The same content is a repeat and
 * harmless; other content under the same id is refused by the name of the field.
 */
export async function findRaised(
  db: Database | Tx,
  intent: Intent,
): Promise<Result<boolean, 'operation-id-used'>> {
  const row = await db.operation.findUnique({
    where: { id: intent.operation },
    select: { intent: true, number: true },
  });
  if (!row) return ok(false);
  const field = differingField(intentSchema.parse(JSON.parse(row.intent)), intent);
  if (field === null) return ok(true);
  return refuse(
    'operation-id-used',
    `This form was already sent as ${row.number} with another ${field}. Open a new form for a new operation.`,
  );
}
