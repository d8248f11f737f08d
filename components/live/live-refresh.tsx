'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useEffect } from 'react';
import { listenToChanges } from './live-feed.ts';

/**
 * Draws the page again on the server when something under one of these topics changed. For pages
 * that only show; where somebody decides, the change is pointed out instead.
 */
export function LiveRefresh({ topics }: { topics: readonly string[] }) {
  const router = useRouter();
  const wanted = topics.join(' ');
  useEffect(
    () =>
      listenToChanges((change) => {
        if (change && !wanted.split(' ').includes(change.topic)) return;
        startTransition(() => router.refresh());
      }),
    [router, wanted],
  );
  return null;
}
