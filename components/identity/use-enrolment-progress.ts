'use client';

import { useEffect, useState } from 'react';
import type { EnrolmentProgress } from '#lib/operations/view-enrolment-progress.ts';

const EVERY_MS = 3_000;
/** After failures it asks less often, up to this. */
const SELDOM_MS = 30_000;

export type Followed =
  | { state: 'reading' }
  | { state: 'refused'; sentence: string }
  | { state: 'following'; progress: EnrolmentProgress; isLate: boolean };

type Answer = { ok: true; progress: EnrolmentProgress } | { ok: false; sentence: string };

async function ask(token: string, signal: AbortSignal): Promise<Answer> {
  const answer = await fetch('/api/live/enrolment', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    cache: 'no-store',
    signal,
  });
  const body: unknown = await answer.json();
  if (answer.ok) return { ok: true, progress: body as EnrolmentProgress };
  const sentence =
    typeof body === 'object' && body !== null && 'sentence' in body ? body.sentence : null;
  return {
    ok: false,
    sentence: typeof sentence === 'string' ? sentence : 'This link shows nothing any more.',
  };
}

const isEnd = ({ stage }: EnrolmentProgress): boolean =>
  stage === 'admitted' || stage === 'suspended';

/**
 * How far the person behind a used link has got, asked for again while the tab is looked at and
 * the end is not reached. Whoever stands here has no session, so no event stream is open to them.
 */
export function useEnrolmentProgress(token: string): Followed {
  const [followed, setFollowed] = useState<Followed>({ state: 'reading' });

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wait = EVERY_MS;

    async function look() {
      clearTimeout(timer);
      try {
        const answer = await ask(token, stop.signal);
        if (!answer.ok) return setFollowed({ state: 'refused', sentence: answer.sentence });
        setFollowed({ state: 'following', progress: answer.progress, isLate: false });
        if (isEnd(answer.progress)) return;
        wait = EVERY_MS;
      } catch {
        if (stop.signal.aborted) return;
        wait = Math.min(wait * 2, SELDOM_MS);
        setFollowed((last) => (last.state === 'following' ? { ...last, isLate: true } : last));
      }
      if (document.visibilityState === 'visible') timer = setTimeout(() => void look(), wait);
    }

    const onVisibility = () => {
      if (document.visibilityState === 'visible') void look();
      else clearTimeout(timer);
    };
    document.addEventListener('visibilitychange', onVisibility);
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [token]);

  return followed;
}
