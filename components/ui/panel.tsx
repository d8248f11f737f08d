import type { ReactNode } from 'react';
import { TONE_TEXT, type Tone } from './tone.ts';

/** A ruled box on the page. Its rows divide themselves. */
export function Panel({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <section
      aria-label={label}
      className="divide-y divide-line overflow-clip rounded-md border border-line bg-surface"
    >
      {children}
    </section>
  );
}

/** One row of a panel: a name, what goes beside it at the right, and a quiet line below. */
export function PanelRow({
  title,
  aside,
  children,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="px-4 py-3">
      {(title || aside) && (
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <div className="font-medium">{title}</div>
          {aside}
        </div>
      )}
      {children && <div className="mt-1 text-sm text-text-quiet first:mt-0">{children}</div>}
    </div>
  );
}

export type Figure = {
  label: string;
  value: ReactNode;
  /** Target or age: what makes the number mean something. */
  note?: ReactNode;
  noteTone?: Tone;
};

/** A few big numbers side by side, each with its target, its age or what it counts. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid gap-px overflow-clip rounded-md border border-line bg-surface medium:grid-cols-2 full:grid-cols-[repeat(auto-fit,minmax(12rem,1fr))]">
      {figures.map(({ label, value, note, noteTone = 'quiet' }) => (
        <div key={label} className="px-4 py-4 outline outline-line">
          <dt className="text-sm text-text-quiet">{label}</dt>
          <dd className="mt-0.5 text-lg font-strong tracking-tight wrap-anywhere tabular-nums">
            {value}
          </dd>
          {note && <dd className={`mt-0.5 text-sm ${TONE_TEXT[noteTone]}`}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Left two thirds the facts, right third the timeline; one below the other where it is narrow. */
export function RecordColumns({ facts, aside }: { facts: ReactNode; aside: ReactNode }) {
  return (
    <div className="grid gap-x-8 gap-y-10 wide:grid-cols-[minmax(0,1fr)_20rem] full:grid-cols-[minmax(0,1fr)_22rem] print:block print:space-y-10">
      <div className="min-w-0">{facts}</div>
      <aside className="min-w-0 space-y-8">{aside}</aside>
    </div>
  );
}
