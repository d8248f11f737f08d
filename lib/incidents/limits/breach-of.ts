/** The breach of personal data that an incident is as well: one event, two clocks. Its own register keeps it. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { ClockInput } from '../clocks.ts';
import type { Standing } from '../desk/fold.ts';

export type LinkedBreach = NonNullable<ClockInput['breach']> & { number: string };

type Row = {
  number: string;
  awareAt: Date | null;
  risk: string | null;
  notifiedAt: Date | null;
  clearedAt: Date | null;
  exception: string | null;
  toldAt: Date | null;
  publishedAt: Date | null;
};

/** Exceptions of GDPR Art 34(3) by which nobody is told, in whatever way. */
const nobodyTold: readonly string[] = ['unintelligible', 'risk-removed'];

/**
 * Of several that are linked, the one whose authority waits the longest, or else the first. Null where none is linked
 * or nobody is aware of one yet.
 */
export async function loadBreachOf(
  tx: Tx,
  { links }: Pick<Standing, 'links'>,
): Promise<LinkedBreach | null> {
  const refs = links.flatMap(({ kind, ref }) => (kind === 'breach' ? [ref] : []));
  if (refs.length === 0) return null;
  const rows = await tx.privacyBreachStanding.findMany({
    where: { number: { in: refs }, NOT: { awareAt: null } },
    orderBy: [{ awareAt: 'asc' }, { number: 'asc' }],
  });
  const row = rows.find((one) => one.notifiedAt === null && one.clearedAt === null) ?? rows[0];
  return row ? breachOf(row) : null;
}

function breachOf(row: Row): LinkedBreach | null {
  const { number, awareAt, notifiedAt } = row;
  if (awareAt === null) return null;
  const told = [row.toldAt, row.publishedAt].filter((at) => at !== null);
  // People give minutes, so what came at once may look earlier.
  const notBefore = (at: Date): string =>
    new Date(Math.max(at.getTime(), awareAt.getTime())).toISOString();
  return {
    number,
    aware: awareAt.toISOString(),
    risk: riskOf(row),
    authority_notified: notifiedAt && notBefore(notifiedAt),
    persons_told:
      told.length === 0 ? null : notBefore(new Date(Math.min(...told.map((at) => at.getTime())))),
  };
}

/** That no risk is likely counts once two people decided it; until then the authority's clock runs. */
function riskOf({ risk, clearedAt, exception }: Row): LinkedBreach['risk'] {
  if (clearedAt !== null) return 'unlikely';
  if (risk === 'high')
    return exception !== null && nobodyTold.includes(exception) ? 'likely' : 'high';
  return risk === 'likely' ? 'likely' : null;
}
