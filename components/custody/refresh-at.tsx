'use client';

import { useEffect } from 'react';
import { useRefresh } from '../live/use-refresh.ts';
import { useNow } from '../ui/use-now.ts';

/** So that the server's clock is past the moment as well when it draws again. */
const marginMs = 1000;
/** The server draws another moment, or none, once it is over; until then it is asked again. */
const againMs = 5000;

/** Draws the page again once a moment has passed that nobody announces, such as a cool-down's end. */
export function RefreshAt({ instant, serverNow }: { instant: string; serverNow: string }) {
  const refresh = useRefresh();
  const past = useNow(serverNow) - Date.parse(instant) - marginMs;
  const turn = past < 0 ? null : Math.floor(past / againMs);
  useEffect(() => {
    if (turn !== null) refresh();
  }, [turn, instant, refresh]);
  return null;
}
