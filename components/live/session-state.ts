/**
 * Whether this tab's session is open, as far as the server has said. Shared by everything that stops
 * when it ends; what stands on the page stays.
 */
const ADDRESS = '/api/live/presence';
const WAIT_MS = 10_000;

export type SessionState = 'open' | 'ended';

let state: SessionState = 'open';
let asking: Promise<SessionState | null> | null = null;
const watchers = new Set<() => void>();

export const readSession = (): SessionState => state;

/** While drawing on the server, which drew the page for an open session. */
export const readServerSession = (): SessionState => 'open';

/** Calls `watcher` whenever the session ends or is open again. @returns how to stop. */
export function watchSession(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The server said so. */
export function markSession(next: SessionState): void {
  if (state === next) return;
  state = next;
  for (const watcher of watchers) watcher();
}

async function call(method: 'GET' | 'POST'): Promise<SessionState | null> {
  try {
    const answer = await fetch(ADDRESS, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (answer.ok) markSession('open');
    else if (answer.status === 401) markSession('ended');
    else return null;
    return state;
  } catch {
    return null;
  }
}

/** Asks whether the session is open, without prolonging it. @returns null when nobody answers. */
export function askSession(): Promise<SessionState | null> {
  asking ??= call('GET').finally(() => {
    asking = null;
  });
  return asking;
}

/** Tells the server that somebody is there. @returns false when it did not hear. */
export const tellPresence = async (): Promise<boolean> => (await call('POST')) !== null;
