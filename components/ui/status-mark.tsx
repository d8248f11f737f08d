import type { ReactNode } from 'react';
import { TONE_TEXT, type Tone } from './tone.ts';

/** Ring: waits for someone. Dot: under way or done. Triangle: needs you now. Square: at rest. */
export type StatusShape = 'ring' | 'dot' | 'triangle' | 'square';

/** The shape alone, drawn in `currentColor`; a word must stand beside it. */
export function StatusGlyph({ shape, size = 10 }: { shape: StatusShape; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" className="shrink-0">
      {shape === 'ring' && (
        <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="2" />
      )}
      {shape === 'dot' && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {shape === 'triangle' && <path d="M5 .8 9.6 9.4H.4z" fill="currentColor" />}
      {shape === 'square' && <rect x="1" y="1" width="8" height="8" rx="1" fill="currentColor" />}
    </svg>
  );
}

export type StatusMarkProps = { shape: StatusShape; tone?: Tone; children: ReactNode };

/** A state as shape and word, so it is plain without its colour. */
export function StatusMark({ shape, tone = 'quiet', children }: StatusMarkProps) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 text-sm font-medium ${TONE_TEXT[tone]}`}>
      <StatusGlyph shape={shape} size={9} />
      <span>{children}</span>
    </span>
  );
}
