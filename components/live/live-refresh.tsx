'use client';

import { useEffect } from 'react';
import { listenToChanges, readStatus, watchStatus } from './live-feed.ts';
import { useRefresh } from './use-refresh.ts';

/**
 * Draws the page again on the server when something under one of these topics changed. For pages
 * that only show; where somebody decides, the change is pointed out instead.
 */
export function LiveRefresh({ topics }: { topics: readonly string[] }) {
  const refresh = useRefresh();
  const wanted = topics.join(' ');
  useEffect(() => {
    const stop = listenToChanges((change) => {
      if (!change || wanted.split(' ').includes(change.topic)) refresh();
    });
    // Nobody tells of what changed after the server drew the page and before the stream was there.
    let mayHaveMissed = readStatus().state !== 'live';
    const unwatch = watchStatus(() => {
      if (!mayHaveMissed || readStatus().state !== 'live') return;
      mayHaveMissed = false;
      refresh();
    });
    return () => {
      stop();
      unwatch();
    };
  }, [refresh, wanted]);
  return null;
}
