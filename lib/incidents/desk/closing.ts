/** What has to be done before an incident can be closed. Pure. */
import type { IncidentFile } from './load-incident.ts';

/** What is missing, as a sentence; null when nothing is. */
export function findUnfinished({
  standing,
  sort,
  events,
}: Pick<IncidentFile, 'standing' | 'sort' | 'events'>): string | null {
  if (standing.class === 'open')
    return `Decide first whether ${sort === 'threat' ? 'the threat is significant' : 'it is major'}: the worksheet says what counts.`;
  const open = standing.tasks.filter((task) => task.purpose === 'task' && task.doneAt === null);
  if (open.length > 0)
    return open.length === 1 ? 'One task is not done.' : `${open.length} tasks are not done.`;
  if (hasUnreviewed(events))
    return 'A report went out with one person. Another person reviews it before this is closed.';
  const isReported = (of: string): boolean =>
    standing.reports.some(({ stage, step }) => stage === of && step === 'submitted');
  // ITS 2025/302 Art 5: what was notified and never was major is taken back.
  if (standing.class === 'reclassified' && isReported('initial') && !isReported('reclassified'))
    return 'It was notified as major. That it is not has to be sent to the authority before this is closed.';
  if (standing.class !== 'major' || sort === 'threat') return null;
  // DORA Art 13(2): after a major incident there is a review; Art 19(4)(c): and a final report.
  if (standing.reviewedAt === null) return 'A major incident is reviewed before it is closed.';
  return isReported('final') ? null : 'The final report has not been submitted.';
}

/** Whether a report was released by who raised it, then sent, and nobody reviewed it. */
function hasUnreviewed(events: IncidentFile['events']): boolean {
  const raisedBy = new Map<string, string>();
  const [alone, sent, reviewed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const event of events) {
    if (event.kind !== 'report-moved') continue;
    const { report, step } = event.facts;
    if (step === 'raised') raisedBy.set(report, event.actor);
    if (step === 'released' && raisedBy.get(report) === event.actor) alone.add(report);
    if (step === 'submitted') sent.add(report);
    if (step === 'reviewed') reviewed.add(report);
  }
  return [...alone].some((report) => sent.has(report) && !reviewed.has(report));
}
