/** What has to be done before an incident can be closed. Pure. */
import type { IncidentFile } from './load-incident.ts';

/** What is missing, as a sentence; null when nothing is. */
export function findUnfinished({
  standing,
  sort,
}: Pick<IncidentFile, 'standing' | 'sort'>): string | null {
  if (standing.class === 'open')
    return `Decide first whether ${sort === 'threat' ? 'the threat is significant' : 'it is major'}: the worksheet says what counts.`;
  const open = standing.tasks.filter((task) => task.purpose === 'task' && task.doneAt === null);
  if (open.length > 0)
    return open.length === 1 ? 'One task is not done.' : `${open.length} tasks are not done.`;
  if (standing.class !== 'major' || sort === 'threat') return null;
  // DORA Art 13(2): after a major incident there is a review; Art 19(4)(c): and a final report.
  if (standing.reviewedAt === null) return 'A major incident is reviewed before it is closed.';
  const isReported = standing.reports.some(
    ({ stage, step }) => stage === 'final' && step === 'submitted',
  );
  return isReported ? null : 'The final report has not been submitted.';
}
