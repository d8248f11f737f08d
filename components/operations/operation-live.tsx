'use client';

import { useRouter } from 'next/navigation';
import { createContext, startTransition, use, useEffect, useState, type ReactNode } from 'react';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { LiveProblem } from '../live/live-problem.tsx';
import { useLiveQuery } from '../live/use-live-query.ts';
import { canAct } from './operation-change.ts';

export type LiveOperation = {
  /** As it stands now. */
  live: OperationView;
  /** As the person read it; what they decide on. */
  seen: OperationView;
  /** It moved on since it was read, and the person could still act: the buttons are off. */
  isStale: boolean;
  /** ISO instant at which the server drew the page. */
  serverNow: string;
  /** Addresses of the parties' own pages about the operation, by their names. */
  partyPages: Readonly<Record<string, string>>;
  /** Takes what stands there now as read, after the person asked for it or acted themselves. */
  readAgain: () => Promise<void>;
};

const Context = createContext<LiveOperation | null>(null);

/** @throws outside of `OperationLive`. */
export function useOperation(): LiveOperation {
  const value = use(Context);
  if (!value) throw new Error('Parts of an operation stand inside OperationLive.');
  return value;
}

/** Puts the focus where reading starts. */
export function focusHeading() {
  document.getElementById('page-title')?.focus({ preventScroll: true });
}

/** Keeps one operation up to date, and remembers which reading of it the person has in mind. */
export function OperationLive({
  initial,
  serverNow,
  partyPages,
  children,
}: Pick<LiveOperation, 'serverNow' | 'partyPages'> & {
  initial: OperationView;
  children: ReactNode;
}) {
  const router = useRouter();
  const [seen, setSeen] = useState(initial);
  const { data, error, readNow } = useLiveQuery(
    ['operations', initial.id],
    `/api/live/operations/${initial.id}`,
    initial,
  );
  // A page the server drew again brings a newer reading than the one this began with.
  const live = initial.revision > data.revision ? initial : data;
  const isStale = live.revision !== seen.revision && canAct(live);

  useEffect(focusHeading, []);

  async function readAgain() {
    const fresh = await readNow();
    if (fresh) {
      setSeen(fresh);
      // Without an answer the router would leave this page for the browser's own error page.
      startTransition(() => router.refresh());
    }
    window.scrollTo({ top: 0 });
    focusHeading();
  }

  return (
    <Context value={{ live, seen, isStale, serverNow, partyPages, readAgain }}>
      <LiveProblem error={error} />
      {children}
    </Context>
  );
}
