'use client';

import { AreaCount } from '../frame/area-nav.tsx';
import { useLiveQuery } from '../live/use-live-query.ts';

const WAITING = ['operations', { count: 'waiting' }] as const;

/** How many operations wait for the person who looks, live in the rail. */
export function WaitingCount({ initial }: { initial: { waiting: number } }) {
  const { data } = useLiveQuery(WAITING, '/api/live/waiting', initial);
  return <AreaCount count={data.waiting} />;
}
