'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useEffect, useRef, useSyncExternalStore } from 'react';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { presenceTeller, watchInput } from './presence.ts';
import {
  askSession,
  readServerSession,
  readSession,
  tellPresence,
  watchSession,
} from './session-state.ts';

/** An ended session gets no presence: only signing in opens one. */
const tellWhileOpen = async () => readSession() === 'ended' || tellPresence();

/** Coming back to a tab shows at once whether its session is still open. */
function askWhenSeen() {
  if (document.visibilityState === 'visible') void askSession();
}

/**
 * Tells the server that somebody is there while they are, and says so when the session has ended.
 * What stands on the page stays, and counts again once they have signed in.
 */
export function SessionWatch() {
  const router = useRouter();
  const session = useSyncExternalStore(watchSession, readSession, readServerSession);
  const wasEnded = useRef(false);

  useEffect(() => watchInput(presenceTeller(tellWhileOpen, () => performance.now())), []);

  useEffect(() => {
    document.addEventListener('visibilitychange', askWhenSeen);
    window.addEventListener('focus', askWhenSeen);
    return () => {
      document.removeEventListener('visibilitychange', askWhenSeen);
      window.removeEventListener('focus', askWhenSeen);
    };
  }, []);

  useEffect(() => {
    // Perhaps somebody else signed in; the page is drawn for who it is now.
    if (wasEnded.current && session === 'open') startTransition(() => router.refresh());
    wasEnded.current = session === 'ended';
  }, [router, session]);

  if (session === 'open') return null;
  return (
    <div className="mb-4">
      <Notice
        tone="caution"
        title="Your session has ended."
        announce="assertive"
        action={
          <LinkButton href="/sign-in" target="_blank">
            Sign in, in a new tab
          </LinkButton>
        }
      >
        What stands here is as it was last read, and nothing you typed is lost. Sign in and come
        back to this tab.
      </Notice>
    </div>
  );
}
