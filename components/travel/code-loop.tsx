'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CodePicture } from './code-picture.tsx';
import { useReducedMotion } from './use-reduced-motion.ts';

/** Two and a half codes a second: readers keep up, and it stays below three flashes (WCAG 2.3.1). */
const PACE_MS = 400;

/**
 * Shows codes round and round, so that what a camera missed comes by again. Who asked for less
 * motion gets the first one still, and steps or starts the loop by hand.
 */
export function CodeLoop({ chunks, what }: { chunks: readonly string[]; what: string }) {
  const isCalm = useReducedMotion();
  const [place, setPlace] = useState(0);
  const [chosen, setChosen] = useState<'play' | 'pause' | null>(null);
  const count = chunks.length;
  const plays = count > 1 && (chosen === null ? !isCalm : chosen === 'play');

  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setPlace((before) => (before + 1) % count), PACE_MS);
    return () => clearInterval(timer);
  }, [plays, count]);

  function step(by: number) {
    setChosen('pause');
    setPlace((before) => (before + count + by) % count);
  }

  const progress = `Code ${place + 1} of ${count}`;
  return (
    <div className="space-y-3">
      <CodePicture code={chunks[place] ?? ''} label={`${progress} of ${what}`} />
      {/* Heard when somebody steps; a loop would talk without end. */}
      <p aria-live={plays ? 'off' : 'polite'} className="tabular-nums">
        {progress}
      </p>
      {count > 1 && (
        <div className="screen-only flex flex-wrap gap-2">
          <Button onClick={() => setChosen(plays ? 'pause' : 'play')}>
            {plays ? 'Pause' : 'Play'}
          </Button>
          <Button onClick={() => step(-1)}>Previous code</Button>
          <Button onClick={() => step(1)}>Next code</Button>
        </div>
      )}
    </div>
  );
}
