/** What a text for clients is drawn up from: the file, the entity, and the measures of the newest report. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { titleOf, type IncidentFile } from '../desk/load-incident.ts';
import { loadContacts, type EntityProfile } from '../entity/load-profile.ts';
import { awarenessOf } from '../limits/clocks-of.ts';
import type { NoticeFacts } from '../report/client-notice.ts';
import { openDrafts } from '../reports/load-report.ts';
import { loadNamesOf } from '../reports/names-of-links.ts';
import { timeOf } from '../worksheet/known-facts.ts';

/**
 * @returns null where nothing says that clients' financial interests are touched (DORA Art 19(3)), or where nobody
 *   has said what this entity is.
 */
export async function noticeFactsOf(
  tx: Tx,
  file: IncidentFile,
  profile: EntityProfile | null,
  now: Date,
): Promise<NoticeFacts | null> {
  const { facts, links } = file.standing;
  if (file.sort === 'threat' || profile === null || facts['financial_interest']?.value !== 'yes')
    return null;
  const names = await loadNamesOf(tx, links);
  const contacts = await loadContacts(tx, profile);
  const time = (name: 'occurred_at' | 'recovered_at' | 'resolved_at') => timeOf(facts, name);
  const [occurred, recovered, resolved] = [
    time('occurred_at'),
    time('recovered_at'),
    time('resolved_at'),
  ];
  const downtime = facts['downtime']?.value;
  const losses = facts['data_impact']?.value;
  return {
    entity: profile.facts.name,
    reference: file.number,
    contact: contacts['first-email'] ?? contacts['first-phone'] ?? '',
    detected: awarenessOf(file),
    ...(occurred === null ? {} : { occurred }),
    ...(recovered === null ? {} : { recovered }),
    ...(resolved === null ? {} : { resolved }),
    now: now.toISOString(),
    summary: shownText(titleOf(file)),
    services: names.get('function') ?? [],
    ...(typeof downtime === 'string' ? { downtime } : {}),
    ...(Array.isArray(losses) ? { dataLosses: losses } : {}),
    effect: null,
    measures: await measuresOf(tx, file.id),
    advice: [],
  };
}

/** Field 3.34 of the newest report that says it. */
async function measuresOf(tx: Tx, incidentId: string): Promise<string[]> {
  const reports = await tx.incidentReport.findMany({
    where: { incidentId },
    orderBy: { openedAt: 'desc' },
    take: 20,
    include: { drafts: { orderBy: { version: 'desc' }, take: 1 } },
  });
  for (const values of await openDrafts(reports.flatMap(({ drafts }) => drafts))) {
    const said = values?.['3.34'];
    if (typeof said === 'string' && said.trim() !== '') return said.split('\n');
  }
  return [];
}
