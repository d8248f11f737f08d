import type { IncidentClass, IncidentState } from '#lib/incidents/desk/life.ts';
import { StatusMark } from '../ui/status-mark.tsx';
import { classMark, stateMark, type Mark } from './incident-words.ts';

const drawn = ({ shape, tone, words }: Mark) => (
  <span className="whitespace-nowrap">
    <StatusMark shape={shape} tone={tone}>
      {words}
    </StatusMark>
  </span>
);

export const StateMark = ({
  state,
  isAcknowledged,
}: {
  state: IncidentState;
  isAcknowledged: boolean;
}) => drawn(stateMark(state, isAcknowledged));

export const ClassMark = ({ standing }: { standing: IncidentClass }) => drawn(classMark(standing));
