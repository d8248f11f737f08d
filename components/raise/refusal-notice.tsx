'use client';

import { useEffect, useRef } from 'react';
import { Notice } from '../ui/notice.tsx';
import { BreakWords } from './break-words.tsx';

/**
 * Why the server did not take a form, above it. It takes the focus, because the button that was
 * pressed stands a screen below on a telephone; a refusal that comes again is a new one.
 */
export function RefusalNotice({ sentence }: { sentence: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Notice tone="danger" title="Not accepted." announce="assertive">
        <BreakWords>{sentence}</BreakWords>
      </Notice>
    </div>
  );
}
