import type { TripStage } from '#lib/operations/cold/trip-stage.ts';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

const looks: Readonly<Record<TripStage, { shape: StatusShape; tone: Tone }>> = {
  before: { shape: 'ring', tone: 'quiet' },
  'to-order': { shape: 'ring', tone: 'caution' },
  lost: { shape: 'triangle', tone: 'danger' },
  wanted: { shape: 'dot', tone: 'accent' },
  carry: { shape: 'ring', tone: 'caution' },
  checking: { shape: 'dot', tone: 'accent' },
  done: { shape: 'dot', tone: 'good' },
  over: { shape: 'square', tone: 'quiet' },
};

/** Where people are with a trip. */
export function StageMark({ stage, words }: { stage: TripStage; words: string }) {
  const { shape, tone } = looks[stage];
  return (
    <StatusMark shape={shape} tone={tone}>
      {words}
    </StatusMark>
  );
}
