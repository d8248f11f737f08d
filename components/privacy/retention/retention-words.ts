import type { StatusShape } from '../../ui/status-mark.tsx';
import type { Tone } from '../../ui/tone.ts';

export type OutcomeMark = { shape: StatusShape; tone: Tone; words: string };

/** How a report of a rule ended, by its shape and in words. */
export const outcomeMarks: Readonly<Record<string, OutcomeMark>> = {
  nothing: { shape: 'square', tone: 'quiet', words: 'Nothing is due' },
  rehearsed: { shape: 'square', tone: 'quiet', words: 'Rehearsed, nothing changed' },
  waits: { shape: 'ring', tone: 'caution', words: 'Waits for an approval' },
  asks: { shape: 'triangle', tone: 'caution', words: 'More than usual: asks first' },
  approved: { shape: 'dot', tone: 'neutral', words: 'Approved, goes with the next night' },
  acted: { shape: 'dot', tone: 'neutral', words: 'Put down to go' },
};

export const phaseMarks: Readonly<Record<string, OutcomeMark>> = {
  counting: { shape: 'dot', tone: 'neutral', words: 'Being counted' },
  acting: { shape: 'dot', tone: 'neutral', words: 'Being put down' },
};

export const actionWords = {
  erase: 'Erase',
  delete: 'Delete',
  pseudonymise: 'Pseudonymise',
} as const;
