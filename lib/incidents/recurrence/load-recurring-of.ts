/** Of how many recurring incidents one is made, for fields 4.15 and 4.16 of its reports. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { classifyIncident } from '../classification.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import { readInstant, type ReportKnowledge } from '../report/knowledge.ts';
import { classificationFacts } from '../worksheet/known-facts.ts';
import { foundSchema } from './list-checks.ts';

/** Members by which a group is looked for: as many as a look names of one. */
const membersAsked = 200;

/** When the last of a group was noticed and occurred: what fields 2.2 and 3.2 ask for of recurring incidents. */
export type LastOfGroup = Pick<NonNullable<ReportKnowledge['times']>, 'detected' | 'occurred'>;

/**
 * What the newest look says that found a group with this incident, or with those of which it is made.
 * @returns nothing for an incident that is in no group, and where no member has a time any more; `last` for the incident
 *   that stands for its group.
 */
export async function loadRecurringOf(
  tx: Tx,
  file: Pick<IncidentFile, 'number' | 'source' | 'standing'>,
): Promise<Pick<ReportKnowledge, 'recurring'> & { last?: LastOfGroup }> {
  const members = await membersOf(tx, file);
  if (members.length === 0) return {};
  const [check] = await tx.$queryRaw<{ at: Date; groups: unknown }[]>`
    select at, groups from recurrence_check
      where exists (
        select from jsonb_array_elements(groups) as found where found -> 'incidents' ?| ${members})
      order by at desc, id limit 1`;
  if (!check) return {};
  const asked = new Set(members);
  const group = foundSchema
    .parse(check.groups)
    .find(({ incidents }) => incidents.some((number) => asked.has(number)));
  if (!group) return {};
  const times = await tx.$queryRaw<{ began: Date; occurred: Date | null; detected: Date | null }[]>`
    select coalesce(occurred_at, detected_at) as began, occurred_at as occurred, detected_at as detected
      from incident_standing
      where incident_id in (select id from incident where number = any (${group.incidents}))
        and coalesce(occurred_at, detected_at) is not null
      order by began, incident_id`;
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last) return {};
  const from = `the look for recurring incidents, ${readInstant(check.at.toISOString())}`;
  return {
    recurring: {
      from,
      value: { count: group.count ?? group.incidents.length, first: first.began.toISOString() },
    },
    ...(file.source === 'recurring'
      ? {
          last: {
            ...(last.detected ? { detected: { value: last.detected.toISOString(), from } } : {}),
            ...(last.occurred ? { occurred: { value: last.occurred.toISOString(), from } } : {}),
          },
        }
      : {}),
  };
}

/**
 * The members of the group that came to the desk as this incident; itself, where a group holds it. One that became
 * major by itself is reported by itself, and no look counts it any more.
 */
async function membersOf(
  tx: Tx,
  { number, source, standing }: Pick<IncidentFile, 'number' | 'source' | 'standing'>,
): Promise<string[]> {
  if (source === 'recurring')
    return standing.links
      .filter(({ kind }) => kind === 'incident')
      .slice(0, membersAsked)
      .map(({ ref }) => ref);
  if (classifyIncident(classificationFacts(standing.facts)).major) return [];
  const answer = await tx.incidentLink.findFirst({
    where: {
      kind: 'incident',
      ref: number,
      incident: { source: 'recurring', standing: { state: { not: 'dropped' } } },
    },
    select: { ref: true },
  });
  return answer ? [number] : [];
}
