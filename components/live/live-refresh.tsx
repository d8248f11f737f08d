'use client';

import { useEffect } from 'react';
import { listenToChanges, mayHaveMissed } from './live-feed.ts';
import { useRefresh } from './use-refresh.ts';

/**
 * Draws the page again on the server when something under one of these topics changed. For pages
 * that only show; where somebody decides, the change is pointed out instead.
 */
export function LiveRefresh({ topics }: { topics: readonly string[] }) {
  const refresh = useRefresh();
  const wanted = topics.join(' ');
  useEffect(() => {
    const about = wanted.split(' ');
    if (mayHaveMissed(about)) refresh();
    return listenToChanges((change) => {
      if (!change || about.includes(change.topic)) refresh();
    });
  }, [refresh, wanted]);
  return null;
}
