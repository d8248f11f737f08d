'use client';

import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

type CopyState = 'idle' | 'copied' | 'failed';

const WORDS: Record<CopyState, string> = {
  idle: '',
  copied: 'Copied',
  failed: 'Not copied: select the text and copy it by hand',
};

/** Copies exactly `text`, and says whether it did. `what` names it, such as "the address". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<CopyState>('idle');

  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 4000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  }

  return (
    <span className="screen-only inline-flex items-center gap-4">
      {/* Its word lines up with what stands above or beside it; the ground shows on hover only. */}
      <Button
        tone="quiet"
        size="small"
        className="-mx-2.5"
        onClick={() => void copy()}
        aria-label={`Copy ${what}`}
      >
        Copy
      </Button>
      <span role="status" className="text-sm text-text-quiet">
        {WORDS[state]}
      </span>
    </span>
  );
}
