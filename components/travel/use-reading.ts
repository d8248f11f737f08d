'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { finishReading, NOTHING_READ, takeCode, takeText, type Reading } from './reading.ts';

export type Reader = {
  reading: Reading;
  takeCode: (code: string) => void;
  takeText: (text: string) => void;
  refuse: (sentence: string) => void;
  startOver: () => void;
};

/**
 * Holds what was read and hands the document on once. Codes come faster than the page draws, so
 * the newest state is kept beside what is shown.
 */
export function useReading(onDocument: (text: string) => void): Reader {
  const newest = useRef(NOTHING_READ);
  const handOn = useRef(onDocument);
  const [reading, setReading] = useState(NOTHING_READ);
  useEffect(() => {
    handOn.current = onDocument;
  });

  const settle = useCallback((next: Reading) => {
    newest.current = next;
    setReading(next);
    if (next.text !== null) handOn.current(next.text);
  }, []);

  const update = useCallback(
    async (change: (before: Reading) => Reading) => {
      const before = newest.current;
      // After the document is whole, the loop on the other screen still shows its codes.
      if (before.text !== null) return;
      const next = change(before);
      newest.current = next;
      const finished = await finishReading(next);
      // Somebody started over, or another code came, while the codes were joined.
      if (newest.current === next) settle(finished);
    },
    [settle],
  );

  return {
    reading,
    takeCode: useCallback((code) => void update((before) => takeCode(before, code)), [update]),
    takeText: useCallback((text) => void update((before) => takeText(before, text)), [update]),
    refuse: useCallback((problem) => void update((before) => ({ ...before, problem })), [update]),
    startOver: useCallback(() => settle(NOTHING_READ), [settle]),
  };
}
