'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mayHaveMissed } from './live-feed.ts';
import { readLive } from './read-live.ts';

/**
 * Data that the server drew the page with and that follows changes from then on. `key` starts with
 * the topic and is the same array each time; `address` answers with the same shape as `initial`.
 */
export function useLiveQuery<T>(
  key: readonly unknown[],
  address: string,
  initial: T,
): { data: T; error: Error | null; readNow: () => Promise<T | null> } {
  const client = useQueryClient();
  const name = JSON.stringify(key);
  const { data, error, refetch } = useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => readLive<T>(address, signal),
    initialData: () => initial,
  });
  // What the server has just drawn is newer than what an earlier visit left behind.
  useEffect(() => {
    const queryKey = JSON.parse(name) as unknown[];
    client.setQueryData(queryKey, initial);
    if (mayHaveMissed([String(queryKey[0])])) void client.invalidateQueries({ queryKey });
  }, [client, name, initial]);
  const readNow = async () => (await refetch()).data ?? null;
  return { data: data ?? initial, error, readNow };
}
