/** Which report can be begun now. Pure. */
import type { IncidentFile } from '../desk/load-incident.ts';
import { reportStages, type ReportStage } from './life.ts';

export type StandingReport = { stage: string; state: string };

const sentStates = new Set(['sent', 'receipt', 'reviewed']);
const isSent = ({ state }: StandingReport): boolean => sentStates.has(state);

/** Why a report of this stage can't be begun, in a sentence; null when it can. */
export function findStageFault(
  stage: ReportStage,
  { standing, sort }: Pick<IncidentFile, 'standing' | 'sort'>,
  reports: readonly StandingReport[],
): string | null {
  if (sort === 'threat') return 'A cyber threat is notified with a form of its own.';
  if (standing.state === 'dropped') return 'It was dropped.';
  const under = reports.find((one) => one.stage === stage && !isSent(one));
  if (under)
    return `There is a report of this kind under way: ${reportStages[stage].toLowerCase()}.`;
  const sent = (one: ReportStage): boolean =>
    reports.some((report) => report.stage === one && isSent(report));
  switch (stage) {
    case 'initial':
      if (standing.class === 'not-major' || standing.class === 'reclassified')
        return 'It is not major, so nothing is notified.';
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
      if (standing.class !== 'reclassified')
        return 'Reclassify the incident first: another person than who called it major does so.';
      return sent('initial') ? null : 'Nothing was notified, so nothing is taken back.';
  }
}
