'use client';

import { useEffect, useState } from 'react';

const KEY = 'countersign.enrolment';
const TOKEN = /^#([A-Za-z0-9_-]{43})$/;

/** Storage may be closed to us; then a reload needs the link again, and nothing else is lost. */
function remembered(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // See above.
  }
}

/** Takes the token out of the address bar and the tab's history, and keeps it for this tab only. */
function takeToken(): string | null {
  const given = TOKEN.exec(window.location.hash)?.[1];
  if (window.location.hash !== '')
    window.history.replaceState(window.history.state, '', window.location.pathname);
  if (given === undefined) return remembered();
  remember(given);
  return given;
}

/**
 * The secret of the enrolment link this tab was opened with. Behind `#` it is sent to no server.
 * @returns undefined until the page has looked, null when there is none.
 */
export function useEnrolmentToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const look = () => setToken(takeToken());
    look();
    // Another link pasted into the same tab changes only what stands behind `#`.
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return token;
}
