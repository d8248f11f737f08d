import type { ReactNode } from 'react';
import type { StatusShape } from './status-mark.tsx';
import { TONE_TEXT, type Tone } from './tone.ts';

export type TimelineEntry = {
  id: string;
  /** What happened or is waited for, and who. */
  title: ReactNode;
  /** When, by what key, under which rule. */
  detail?: ReactNode;
  shape?: StatusShape;
  tone?: Tone;
  /** Opened in place: the raw assertion, the digest, the transaction. */
  evidence?: ReactNode;
  evidenceLabel?: string;
};

function Marker({ shape }: { shape: StatusShape }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
      className="relative z-10 mt-1 shrink-0"
    >
      {shape === 'ring' && (
        <circle
          cx="6"
          cy="6"
          r="4.75"
          className="fill-page"
          stroke="currentColor"
          strokeWidth="2"
        />
      )}
      {shape === 'dot' && <circle cx="6" cy="6" r="5.5" fill="currentColor" />}
      {shape === 'triangle' && <path d="M6 .5 11.8 11.2H.2z" fill="currentColor" />}
      {shape === 'square' && <rect x="1" y="1" width="10" height="10" rx="1" fill="currentColor" />}
    </svg>
  );
}

export type TimelineProps = { entries: readonly TimelineEntry[]; label: string };

/** Who did what, when and with which key, oldest first; steps still to come stand below as rings. */
export function Timeline({ entries, label }: TimelineProps) {
  return (
    <ol aria-label={label}>
      {entries.map((entry) => {
        const tone = TONE_TEXT[entry.tone ?? 'neutral'];
        return (
          <li
            key={entry.id}
            className="relative flex gap-3 pb-4 last:pb-0 before:absolute before:start-[5.5px] before:top-2 before:bottom-[-8px] before:w-px before:bg-line-strong last:before:hidden"
          >
            <span className={tone}>
              <Marker shape={entry.shape ?? 'dot'} />
            </span>
            <div className="min-w-0 flex-1">
              <p className={tone}>{entry.title}</p>
              {entry.detail && <p className="text-sm text-text-quiet">{entry.detail}</p>}
              {entry.evidence && (
                <Evidence label={entry.evidenceLabel ?? 'Evidence'}>{entry.evidence}</Evidence>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** A closed drawer under a line: a native disclosure, so it opens without any script. */
export function Evidence({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-6 items-center gap-1 rounded-sm text-sm text-accent">
        <svg
          width="10"
          height="10"
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="transition-transform group-open:rotate-90"
        >
          <path d="m3 1 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        {label}
      </summary>
      <div className="mt-1 rounded-md border border-line bg-sunken p-3 text-sm">{children}</div>
    </details>
  );
}
