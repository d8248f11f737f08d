/** Figures about the framework for dashboards: completeness, gaps, concentrations and missing clauses. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { FrameworkRecords } from './framework-records.ts';
import { FrameworkReckoner, type FrameworkFigures } from './reckon-framework.ts';

type Reckoned = {
  /** The state of the records and the day that the figures are of. */
  of: string;
  records: FrameworkRecords;
  reckoner: FrameworkReckoner;
  figures: Promise<FrameworkFigures>;
};

/** Of each database, what was reckoned last. */
const reckoned = new WeakMap<Database, Reckoned>();

/** What all records together are at: it moves with every change, and with the day. */
async function stateOf(db: Database, today: string): Promise<string> {
  const [row] = await db.$queryRaw<{ changes: bigint }[]>`select changes from resilience_pulse`;
  if (!row) throw new Error('The database does not say how often records changed.');
  return `${row.changes} ${today}`;
}

/**
 * The figures as of now. They are reckoned from all records, so they are kept until one changes or a day ends, and the
 * records with them: after a change only what changed is read and counted again. Who asks while they are being
 * reckoned waits for the same answer.
 */
export async function viewFramework(
  actor: Actor,
  context: Context,
): Promise<Result<FrameworkFigures>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  return ok(await frameworkFigures(context));
}

/** The same for what is drawn without a person asking, such as the pack of the board. */
export async function frameworkFigures({
  db,
  clock,
}: Pick<Context, 'db' | 'clock'>): Promise<FrameworkFigures> {
  const today = dayOf(clock());
  const of = await stateOf(db, today);
  const last = reckoned.get(db);
  if (last?.of === of) return last.figures;
  const { records, reckoner } = last ?? opened();
  const figures = catchUp(db, { records, reckoner, before: last?.figures ?? null }, today);
  const next: Reckoned = { of, records, reckoner, figures };
  reckoned.set(db, next);
  // What failed is not kept.
  figures.catch(() => {
    if (reckoned.get(db) === next) reckoned.delete(db);
  });
  return figures;
}

function opened() {
  const records = new FrameworkRecords();
  return { records, reckoner: new FrameworkReckoner(records) };
}

async function catchUp(
  db: Database,
  {
    records,
    reckoner,
    before,
  }: Pick<Reckoned, 'records' | 'reckoner'> & { before: Promise<unknown> | null },
  today: string,
): Promise<FrameworkFigures> {
  // One after the other, since both read into the same records; the one before tells of its own failure.
  await before?.catch(() => undefined);
  await inSnapshot(db, (tx) => records.catchUp(tx));
  return reckoner.reckon(today);
}
