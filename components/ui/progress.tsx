import type { ReactNode } from 'react';
import { TONE_TEXT, type Tone } from './tone.ts';

export type ProgressProps = {
  label: ReactNode;
  /** Steps or parts done; whole numbers, 0 ≤ done ≤ of. */
  done: number;
  of: number;
  /** Unit of the count: "3 of 5 confirmations". */
  unit?: string;
  /** How long it usually takes, or who is waited for. */
  note?: ReactNode;
  tone?: Tone;
};

/** How far something is, as a bar and as a count. */
export function Progress({ label, done, of, unit = '', note, tone = 'neutral' }: ProgressProps) {
  const count = `${done} of ${of}${unit ? ` ${unit}` : ''}`;
  return (
    <div className={TONE_TEXT[tone]}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>{label}</span>
        <span className="text-sm tabular-nums">{count}</span>
      </div>
      <progress className="mt-1 meter block w-full" value={done} max={of} aria-label={count}>
        {count}
      </progress>
      {note && <p className="mt-1 text-sm text-text-quiet">{note}</p>}
    </div>
  );
}
