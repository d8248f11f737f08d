import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentUnknown } from '../desk/act-on-incident.ts';
import { incidentsTopic } from '../desk/append-event.ts';
import { incidentField } from '../desk/form-fields.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { centsOf } from '../report/figures.ts';
import { COST_KINDS, type CostKind } from '../report/yearly-costs.ts';

/** Cents; what is more is a slip of the pen. The database holds the same. */
const mostCents = 1_000_000_000_000_000n;
/** Lines of one incident. */
const linesMax = 2_000;

const amount = (what: string) =>
  z
    .string()
    .trim()
    .transform((text, issues) => {
      const cents = text === '' ? 0n : centsOf(text);
      if (cents !== null && cents <= mostCents && cents >= -mostCents) return cents;
      issues.addIssue(`Write ${what} in digits with at most two decimals, such as 1250.50.`);
      return z.NEVER;
    });

const form = z.strictObject({
  id: incidentField,
  year: z
    .string()
    .regex(/^2[01]\d\d$/, 'Give the year in which the accounting year begins, such as 2026.')
    .transform(Number),
  category: z.enum(Object.keys(COST_KINDS) as [CostKind, ...CostKind[]], 'Choose what it was for.'),
  gross: amount('costs and losses'),
  recoveries: amount('recoveries'),
  corrects: z
    .literal('')
    .transform(() => null)
    .or(
      z
        .string()
        .regex(/^\d{1,4}$/, 'Choose the line that it corrects.')
        .transform(Number),
    )
    .default(null),
});

/**
 * Books costs, losses and recoveries of an incident in an accounting year. A line is never changed: a newer one
 * stands in its place, also with nothing in it.
 */
export async function recordCost(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'incident:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, year, category, gross, recoveries, corrects } = read.form;
  if (year < 2020) return refuse('form-invalid', 'DORA asks for no costs of years before 2020.');
  // The list of a year is there from its beginning on: what is booked ahead would stand nowhere.
  if (year > context.clock().getUTCFullYear())
    return refuse('form-invalid', 'This year has not begun. Book it in the year it falls into.');
  if (corrects === null && gross === 0n && recoveries === 0n)
    return refuse('nothing', 'Give an amount: nothing was spent and nothing came back.');
  return inTransaction(context.db, async (tx) => {
    const file = await lockIncident(tx, id);
    if (!file) return incidentUnknown();
    if (file.sort === 'threat')
      return refuse('not-now', 'A threat cost nothing; an incident that came of it did.');
    const lines = await tx.incidentCost.findMany({
      where: { incidentId: id },
      orderBy: { seq: 'asc' },
      select: { seq: true, corrects: true, recordedAt: true },
    });
    if (lines.length >= linesMax)
      return refuse('too-many', `An incident has at most ${linesMax} lines of costs.`);
    if (corrects !== null && !lines.some((line) => line.seq === corrects))
      return refuse('line-unknown', 'There is no such line of costs.');
    if (corrects !== null && lines.some((line) => line.corrects === corrects))
      return refuse('line-moved', 'Somebody corrected that line already. Load the page again.');
    const last = lines.at(-1);
    const at = new Date(Math.max(context.clock().getTime(), last?.recordedAt.getTime() ?? 0));
    const seq = (last?.seq ?? 0) + 1;
    await tx.incidentCost.create({
      data: {
        incidentId: id,
        seq,
        year,
        category,
        grossCents: gross,
        recoveryCents: recoveries,
        corrects,
        recordedBy: actor.personId,
        recordedAt: at,
      },
      select: { seq: true },
    });
    await appendAudit(tx, {
      kind: 'incident-moved',
      subject: file.number,
      actor: actor.personId,
      at,
      facts: {
        event: 'cost-recorded',
        seq,
        year,
        category,
        gross: String(gross),
        recoveries: String(recoveries),
        corrects,
      },
    });
    await publish(tx, { topic: incidentsTopic, id });
    return ok({ seq });
  });
}
