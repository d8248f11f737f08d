/** Texts that an erasure leaves as they are, with the reason that the person is told. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Mention } from './mentions.ts';

const sent =
  'A report that was sent to the authority stays as it was sent: Article 17(3)(b) GDPR with Article 19 of Regulation (EU) 2022/2554.';

/** Of these texts, each with why it stays; what is not among them goes. */
export async function keptOf(
  db: Database,
  mentions: readonly Mention[],
): Promise<(Mention & { reason: string })[]> {
  const drafts = mentions.filter(({ table }) => table === 'incident_report_draft');
  const released = new Set(await releasedDrafts(db, drafts));
  return mentions.flatMap((one) =>
    one.table === 'incident_submission' ||
    (one.table === 'incident_report_draft' && released.has(one.commitment))
      ? [{ ...one, reason: sent }]
      : [],
  );
}

/** Drafts that a report was released from: the newest of each, which is read beside what was released. */
async function releasedDrafts(db: Database, drafts: readonly Mention[]): Promise<string[]> {
  if (drafts.length === 0) return [];
  const rows = await db.$queryRaw<{ commitment: string }[]>`
    select d.commitment from incident_report_draft d
    join incident_submission s on s.report_id = d.report_id and s.sealed is not null
    where d.commitment = any(${drafts.map(({ commitment }) => commitment)}::text[])
      and d.version = (select max(o.version) from incident_report_draft o where o.report_id = d.report_id)`;
  return rows.map(({ commitment }) => commitment);
}
