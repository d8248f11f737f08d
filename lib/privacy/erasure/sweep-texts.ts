/** The first steps of an erasure: what others wrote of the person is found, and what goes is blacked out. */
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { findUnmentioned, type TextsSeen } from '#lib/persons/texts/find-unmentioned.ts';
import { isTextTable } from '#lib/persons/texts/text-rows.ts';
import { writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';
import { redactMentions, type Redaction } from '#lib/persons/texts/redact.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  lockErasure,
  moveErasure,
  readErasure,
  type Erasure,
  type ErasureNeeds,
} from './erasure-row.ts';
import { openOwn } from './own-values.ts';
import type { Gone } from './phases.ts';
import { leaveErasure, whyNot } from './still-decided.ts';

/** Texts that are opened before how far it came is written down. */
const atOnce = 500;
const valuesMax = 2_000;

/** Opened values of the fields that go. */
async function goingValues(
  db: Database,
  { personId, scope, fields }: Erasure,
): Promise<OwnValue[]> {
  const rows = await db.personValue.findMany({
    where: { personId, ...(scope === 'part' && { field: { in: fields } }) },
    select: { field: true, version: true, sealed: true },
    orderBy: [{ field: 'asc' }, { version: 'asc' }],
    take: valuesMax,
  });
  return openOwn(personId, rows);
}

/** @returns whether it was left, because what was decided does not hold any more. */
async function leaveIfMoved(
  { db, clock }: ErasureNeeds,
  id: string,
  state: 'due' | 'swept',
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const erasure = await lockErasure(tx, id, state);
    if (!erasure) return true;
    const reason = await whyNot(tx, erasure, clock());
    if (reason !== null) await leaveErasure(tx, erasure, reason, clock());
    return reason !== null;
  });
}

/** Looks through the next texts of other rooms; past the last one, they are swept. */
export async function sweepSome(needs: ErasureNeeds, id: string): Promise<void> {
  const { db, clock } = needs;
  if (await leaveIfMoved(needs, id, 'due')) return;
  const erasure = await readErasure(db, id);
  const about = { personId: erasure.personId, values: await goingValues(db, erasure) };
  const seen =
    about.values.length === 0
      ? null
      : await findUnmentioned(db, about, { from: seenIn(erasure), most: atOnce });
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'due'))) return;
    await (seen === null
      ? moveErasure(tx, erasure, 'swept', { sweptAt: clock() })
      : moveErasure(tx, erasure, 'due', { sweepTable: seen.table, sweepAfter: seen.after }));
  });
}

function seenIn({ sweepTable, sweepAfter }: Erasure): TextsSeen | null {
  return sweepTable !== null && sweepAfter !== null && isTextTable(sweepTable)
    ? { table: sweepTable, after: sweepAfter }
    : null;
}

/**
 * Blacks out what goes in every text that names the person.
 * @returns whether there is nothing left of it, so that the values may go.
 */
export async function blackOutTexts(needs: ErasureNeeds, id: string): Promise<boolean> {
  const { db, clock } = needs;
  if (await leaveIfMoved(needs, id, 'swept')) return false;
  const erasure = await readErasure(db, id);
  const { personId, scope } = erasure;
  const before = await mentionsOf(db, personId);
  if (before.length === 0) return true;
  const values = await goingValues(db, erasure);
  // Where nothing opens any more, nothing can be looked for; a restored text opens as little.
  if (values.length === 0) return true;
  const { redacted, kept, isWhole } = await redactAll(db, { personId, values, at: clock() }, scope);
  const gone = erasure.gone as Partial<Gone>;
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'swept'))) return;
    const texts = (gone.texts ?? 0) + redacted;
    await moveErasure(tx, erasure, 'swept', {
      gone: asJson({ ...gone, texts, keptTexts: kept.length }),
    });
    // The rest of the person still stands in those texts, so they stay on record as naming them.
    if (scope === 'part')
      for (const { table, commitment } of before)
        if (isTextTable(table))
          await writeMentions(tx, table, [{ commitment, people: [personId] }]);
  });
  return isWhole;
}

/** Where the person stays, all at once: a mention that was forgotten is put on record again by who called. */
async function redactAll(
  db: Database,
  about: Parameters<typeof redactMentions>[1],
  scope: string,
): Promise<Redaction> {
  let all = await redactMentions(db, about);
  while (scope === 'part' && !all.isWhole) {
    const next = await redactMentions(db, about);
    all = { ...next, redacted: all.redacted + next.redacted };
  }
  return all;
}
