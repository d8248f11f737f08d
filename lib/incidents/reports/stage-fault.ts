/** Which report can be begun now, and which can go out. Pure. */
import type { IncidentFile } from '../desk/load-incident.ts';
import { reportStages, type ReportStage } from './life.ts';

/** @property sentAt when it was sent; null while that is not recorded, whatever else was done with it. */
export type StandingReport = { stage: string; sentAt: string | null };
const isSent = ({ sentAt }: StandingReport): boolean => sentAt !== null;

type Stood = Pick<IncidentFile, 'standing' | 'sort'>;

/** Why a report of this stage is not for this incident as it was decided on, in a sentence; null when it is. */
export function findStandingFault(stage: ReportStage, { standing, sort }: Stood): string | null {
  if (sort === 'threat') return 'A cyber threat is notified with a form of its own.';
  if (standing.state === 'dropped') return 'It was dropped.';
  if (stage === 'reclassified')
    return standing.class === 'reclassified'
      ? null
      : 'Reclassify the incident first: another person than who called it major does so.';
  return standing.class === 'not-major' || standing.class === 'reclassified'
    ? 'It is not major, so nothing is notified.'
    : null;
}

/** ISO instant since which reports are not for it any more: when it was dropped or last decided on. */
export function standingSince({ events, standing }: Pick<IncidentFile, 'events' | 'standing'>) {
  const kind = standing.state === 'dropped' ? 'dropped' : 'classified';
  return events.findLast((event) => event.kind === kind)?.at ?? null;
}

/** Why a report of this stage can't be begun, in a sentence; null when it can. */
export function findStageFault(
  stage: ReportStage,
  file: Stood,
  reports: readonly StandingReport[],
): string | null {
  const standing = findStandingFault(stage, file);
  if (standing) return standing;
  const under = reports.find((one) => one.stage === stage && !isSent(one));
  if (under)
    return `There is a report of this kind under way: ${reportStages[stage].toLowerCase()}.`;
  const sent = (one: ReportStage): boolean =>
    reports.some((report) => report.stage === one && isSent(report));
  switch (stage) {
    case 'initial':
      return sent('initial')
        ? 'The initial notification was sent. What changed goes into the intermediate report.'
        : null;
    case 'intermediate':
      return reports.some((one) => one.stage === 'initial')
        ? null
        : 'The initial notification comes first; both may be sent together.';
    case 'final':
      return reports.some((one) => one.stage === 'intermediate')
        ? null
        : 'The intermediate report comes first; all may be sent together when each limit is kept.';
    case 'reclassified':
      return sent('initial') ? null : 'Nothing was notified, so nothing is taken back.';
  }
}
