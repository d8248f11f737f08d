/** What is to be done next about an incident, where its page has no button for it. Pure. */
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';

type Seen = Pick<IncidentView, 'id' | 'sort' | 'serverNow'> & {
  standing: Pick<IncidentView['standing'], 'state' | 'class'>;
  clocks: readonly Pick<IncidentView['clocks'][number], 'id' | 'name' | 'due' | 'state'>[];
};

type NextStep = { title: string; isLate: boolean; label: string; href: string };

/** Duties that are done on the page of reports. */
const onReports: ReadonlySet<string> = new Set([
  'initial',
  'intermediate',
  'updated',
  'final',
  'clients',
]);

/**
 * The decision comes first, since it starts the time limits of reports; then the report whose limit ends first.
 * @returns null where a button of the page is next, or nothing is.
 */
export function nextStepOf({ id, sort, standing, clocks, serverNow }: Seen): NextStep | null {
  if (standing.state !== 'working') return null;
  if (standing.class === 'open')
    return {
      title: `Next: decide whether ${sort === 'threat' ? 'the threat is significant' : 'it is major'}.`,
      isLate: false,
      label: 'Open the worksheet',
      href: `/incidents/${id}/worksheet`,
    };
  const [first] = clocks
    .filter((clock) => clock.state === 'running' && onReports.has(clock.id))
    .toSorted((one, other) => endOf(one.due) - endOf(other.due));
  if (first === undefined) return null;
  const isLate = endOf(first.due) < Date.parse(serverNow);
  return {
    title: isLate ? `Late: ${first.name}.` : `Next: ${first.name}.`,
    isLate,
    label: 'Go to the reports',
    href: `/incidents/${id}/reports`,
  };
}

/** A duty without a number ends after all others. */
const endOf = (due: string | null): number =>
  due === null ? Number.MAX_SAFE_INTEGER : Date.parse(due);
