'use client';

import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listenToChanges, type LiveChange, type LiveStatus } from './live-feed.ts';
import { useLiveStatus } from './use-live-status.ts';

/** A query with the key `[topic]`, `[topic, id]` or `[topic, filters]` is about this change. */
function isAbout(query: Query, change: LiveChange): boolean {
  const [topic, id] = query.queryKey;
  if (topic !== change.topic) return false;
  return change.id === null || typeof id !== 'string' || id === change.id;
}

function invalidate(client: QueryClient, change: LiveChange | null) {
  if (change === null) void client.invalidateQueries();
  else void client.invalidateQueries({ predicate: (query) => isAbout(query, change) });
}

/**
 * Keeps the queries of this page fresh: on a change those with its topic are read again, after the
 * stream had been away all of them. Answers with the state of the connection.
 */
export function useLive(): LiveStatus {
  const client = useQueryClient();
  useEffect(() => listenToChanges((change) => invalidate(client, change)), [client]);
  return useLiveStatus();
}
