'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback } from 'react';
import { askSession } from './session-state.ts';

const AGAIN_MS = 3000;
const TRIES = 5;

/** A server that gives no answer for a moment must not leave the page as it was for good. */
async function whenOpen(act: () => void, tries = TRIES): Promise<void> {
  const session = await askSession();
  if (session === 'open') act();
  else if (session === null && tries > 1) setTimeout(() => void whenOpen(act, tries - 1), AGAIN_MS);
}

/**
 * Draws the page again on the server, unless the session has ended: that would lead to the sign-in
 * page and lose what stands here.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  return useCallback(() => void whenOpen(() => startTransition(() => router.refresh())), [router]);
}
