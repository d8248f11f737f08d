/** Submissions of the register of information, newest first. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';

export type Submission = {
  id: string;
  /** yyyy-mm-dd, as is the day that it was filed for. */
  submittedOn: string;
  referenceDate: string;
  /** As the authority confirmed it. */
  reference: string;
  /** Name of who put it on record. */
  by: string;
  at: string;
};

/** One a year is asked: older ones than these stay in the database. */
export const submissionsShown = 50;

export async function listSubmissions(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<Submission[]>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const rows = await db.$queryRaw<(Omit<Submission, 'at'> & { at: Date })[]>`
    select s.id, to_char(s.submitted_on, 'YYYY-MM-DD') as "submittedOn",
        to_char(s.reference_date, 'YYYY-MM-DD') as "referenceDate", s.reference,
        s.recorded_by as by, s.recorded_at as at
      from register_submission s
      order by s.submitted_on desc, s.recorded_at desc, s.id limit ${submissionsShown}`;
  const nameOf = await operatorNames(db);
  return ok(rows.map((row) => ({ ...row, by: nameOf(row.by), at: row.at.toISOString() })));
}
