'use client';

import { useEffect } from 'react';
import { useRefresh } from '../live/use-refresh.ts';

/**
 * Draws the page again from time to time while it is looked at: a party is pinned at its own
 * address, and no event of the console tells of it.
 */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const refresh = useRefresh();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [refresh, seconds]);
  return null;
}
