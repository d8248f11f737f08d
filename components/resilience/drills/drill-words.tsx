import { spanWords } from '#lib/resilience/board/section.ts';
import type { DrillLine } from '#lib/resilience/drills/list-drills.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

export const drillsPath = '/resilience/drills';

export const OutcomeMark = ({ outcome }: Pick<DrillLine, 'outcome'>) =>
  outcome === 'passed' ? (
    <StatusMark shape="square" tone="good">
      Passed
    </StatusMark>
  ) : (
    <StatusMark shape="triangle" tone="danger">
      Failed
    </StatusMark>
  );

/** How long it took until what was lost worked again, or how much work was lost. */
export const reached = (ms: number | null): string => (ms === null ? 'Not reached' : spanWords(ms));
