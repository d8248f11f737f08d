import type { OperationState } from '#lib/operations/states.ts';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

/** Shape and tone of each state; `raised` and `approved` turn amber for who can carry them on. */
export const stateLooks: Readonly<Record<OperationState, { shape: StatusShape; tone: Tone }>> = {
  raised: { shape: 'ring', tone: 'quiet' },
  approved: { shape: 'ring', tone: 'quiet' },
  cosigned: { shape: 'dot', tone: 'accent' },
  waiting: { shape: 'ring', tone: 'accent' },
  signing: { shape: 'dot', tone: 'accent' },
  signed: { shape: 'dot', tone: 'accent' },
  broadcast: { shape: 'dot', tone: 'accent' },
  confirmed: { shape: 'dot', tone: 'good' },
  done: { shape: 'dot', tone: 'good' },
  rejected: { shape: 'square', tone: 'quiet' },
  cancelled: { shape: 'square', tone: 'quiet' },
  expired: { shape: 'square', tone: 'quiet' },
  failed: { shape: 'triangle', tone: 'danger' },
  held: { shape: 'triangle', tone: 'danger' },
};

/** Where an operation stands: what it waits for, with the state's shape. */
export function StateMark({
  state,
  waitsFor,
  forMe,
}: {
  state: OperationState;
  waitsFor: string;
  forMe: boolean;
}) {
  const { shape, tone } = stateLooks[state];
  return (
    <StatusMark shape={shape} tone={forMe ? 'caution' : tone}>
      {waitsFor}
    </StatusMark>
  );
}
