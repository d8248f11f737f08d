/**
 * One event stream per tab, shared by everything on the page that wants to know of changes. It says
 * only that something changed; who is told reads it again, under the check of its own query.
 */

import { askSession, markSession, readSession, watchSession } from './session-state.ts';

/** A change the server tells of: a topic, and the record where it is about one. */
export type LiveChange = { topic: string; id: string | null };

export type LiveStatus = {
  state: 'connecting' | 'live' | 'retrying' | 'ended';
  /** ISO instant of the last sign of the server in this tab, by this machine's clock: up to then all is told. */
  checkedAt: string | null;
};

/**
 * `null` stands for "anything may have changed": the stream was not there since the server drew the
 * page or had been away, or the server's own source of notices had.
 */
type Listener = (change: LiveChange | null) => void;

const ADDRESS = '/api/events';
/** What the server calls everything, after it had to connect to the database again. */
const EVERY_TOPIC = '*';
const RETRY_FIRST_MS = 250;
const RETRY_LAST_MS = 30_000;
/** Once the server has sent a `ping`, as it does every 15 s, missing three means it is gone. */
const SILENCE_MS = 45_000;
/** From the server's drawing of a page until what it shows listens; more than that hardly ever. */
const DRAWN_MS = 30_000;

/** Reads one message of the stream; null for anything that is not a change. */
export function parseChange(data: unknown): LiveChange | null {
  if (typeof data !== 'string' || data.length > 1024) return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null || !('topic' in value)) return null;
    if (typeof value.topic !== 'string') return null;
    const id = 'id' in value && typeof value.id === 'string' ? value.id : null;
    return { topic: value.topic, id };
  } catch {
    return null;
  }
}

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let status: LiveStatus = { state: 'connecting', checkedAt: null };
let source: EventSource | null = null;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let silenceTimer: ReturnType<typeof setTimeout> | undefined;
let retryIn = RETRY_FIRST_MS;
let wasAway = true;
/** When something was last told of each topic, and of all, by this tab's clock; for those who come late. */
const toldAt = new Map<string, number>();
let unwatch: (() => void) | null = null;

function setStatus(next: Partial<LiveStatus>) {
  status = { ...status, ...next };
  for (const watcher of watchers) watcher();
}

function tell(change: LiveChange | null) {
  toldAt.set(change?.topic ?? EVERY_TOPIC, performance.now());
  for (const listener of listeners) listener(change);
}

/** The server ended the stream with the session; asking again would only be refused. */
function sessionChanged() {
  if (readSession() === 'ended') {
    close();
    wasAway = true;
    setStatus({ state: 'ended' });
  } else if (!source) open();
}

/** More tabs are open than the server tells of changes; the newest go first. */
function crowdedOut() {
  retryIn = RETRY_LAST_MS;
  lost();
}

function checked() {
  setStatus({ checkedAt: new Date().toISOString() });
}

/** A connection can be dead without an end; then only the missing pings tell. */
function pinged() {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(lost, SILENCE_MS);
  checked();
}

function lost() {
  close();
  wasAway = true;
  setStatus({ state: 'retrying' });
  // A refusal looks like a lost connection here; only asking tells them apart.
  void askSession();
  if (document.visibilityState === 'hidden') return;
  retryTimer = setTimeout(open, retryIn);
  retryIn = Math.min(retryIn * 2, RETRY_LAST_MS);
}

function close() {
  clearTimeout(retryTimer);
  clearTimeout(silenceTimer);
  source?.close();
  source = null;
}

function open() {
  close();
  const stream = new EventSource(ADDRESS);
  source = stream;
  stream.onopen = () => {
    retryIn = RETRY_FIRST_MS;
    setStatus({ state: 'live' });
    checked();
    if (wasAway) tell(null);
    wasAway = false;
  };
  stream.onmessage = (event) => {
    const change = parseChange(event.data);
    if (!change) return;
    checked();
    tell(change.topic === EVERY_TOPIC ? null : change);
  };
  stream.addEventListener('ping', pinged);
  stream.addEventListener('ended', () => markSession('ended'));
  stream.addEventListener('crowded', crowdedOut);
  // The browser would try again by itself after a lost connection, but not after a refusal, and
  // it would not say when; so both go one way.
  stream.onerror = lost;
}

/** A tab nobody looks at gives its connection back: a browser has six for one server. */
function onVisibility() {
  if (document.visibilityState === 'hidden') {
    close();
    wasAway = true;
  } else if (!source && readSession() === 'open') {
    retryIn = RETRY_FIRST_MS;
    open();
  }
}

/** Calls `listener` on each change, and with null when anything may have changed. */
export function listenToChanges(listener: Listener): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', onVisibility);
    unwatch = watchSession(sessionChanged);
    open();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', onVisibility);
    unwatch?.();
    close();
    wasAway = true;
    setStatus({ state: 'connecting' });
  };
}

/**
 * True when something of these topics may have changed after the server drew what begins to listen
 * now, so that nobody would tell it.
 */
export function mayHaveMissed(topics: readonly string[]): boolean {
  const since = performance.now() - DRAWN_MS;
  return [EVERY_TOPIC, ...topics].some((topic) => (toldAt.get(topic) ?? -Infinity) >= since);
}

/** For `useSyncExternalStore`: the connection's state. */
export function watchStatus(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function readStatus(): LiveStatus {
  return status;
}

const UNKNOWN: LiveStatus = { state: 'connecting', checkedAt: null };

/** State on the server and while hydrating. */
export function readServerStatus(): LiveStatus {
  return UNKNOWN;
}
