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
