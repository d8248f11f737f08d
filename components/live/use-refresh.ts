'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback } from 'react';
import { askSession } from './session-state.ts';

const AGAIN_MS = 3000;
const TRIES = 5;

/** A server that gives no answer for a moment must not leave the page as it was for good. */
async function whenOpen(
  act: () => void,
  otherwise: () => void = () => undefined,
  tries = TRIES,
): Promise<void> {
  const session = await askSession();
  if (session === 'open') return act();
  otherwise();
  if (session === null && tries > 1)
    setTimeout(() => void whenOpen(act, undefined, tries - 1), AGAIN_MS);
}

/**
 * Draws the page again on the server, unless the session has ended: that would lead to the sign-in
 * page and lose what stands here. Changes of state given `together` are shown with the new page: a
 * form that closed before it would let the next one be begun on what no longer stands. Where the
 * page can't be drawn at once, they are shown at once.
 */
export function useRefresh(): (together?: () => void) => void {
  const router = useRouter();
  return useCallback(
    (together) => {
      const draw = () =>
        startTransition(() => {
          router.refresh();
          together?.();
        });
      void whenOpen(draw, together);
    },
    [router],
  );
}
