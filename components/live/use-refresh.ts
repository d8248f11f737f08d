'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback } from 'react';
import { askSession } from './session-state.ts';

/**
 * Draws the page again on the server, unless the session has ended: that would lead to the sign-in
 * page and lose what stands here.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  return useCallback(() => {
    void askSession().then((session) => {
      if (session === 'open') startTransition(() => router.refresh());
    });
  }, [router]);
}
