import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anythingMayHaveChanged, unopenedTopic, type Notice } from './db/notify.ts';
import {
  EventStreams,
  heartbeatMs,
  lifetimeMs,
  perProcessMax,
  perSessionMax,
} from './event-streams.ts';

const listeners = new Set<(notice: Notice) => void>();
const subscribe = (listener: (notice: Notice) => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const publish = (topic: string, id: string | null = null) => {
  for (const listener of listeners) listener({ topic, id });
};

let isOpen = true;
let streams: EventStreams;
beforeEach(() => {
  vi.useFakeTimers();
  isOpen = true;
  listeners.clear();
  streams = new EventStreams(subscribe);
});
afterEach(() => vi.useRealTimers());

/** Everything a browser reads until the stream ends. */
function read(body: ReadableStream<Uint8Array> | null) {
  const page = { text: '', isOver: false };
  if (!body) throw new Error('No stream was opened.');
  void (async () => {
    for await (const chunk of body) page.text += new TextDecoder().decode(chunk);
    page.isOver = true;
  })();
  return page;
}
const open = (sessionId = 'a', signal = new AbortController().signal) =>
  streams.open({ sessionId, isStillOpen: () => Promise.resolve(isOpen) }, signal);
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('an event stream', () => {
  it('tells of changes and stays while the session lasts', async () => {
    const page = read(open());
    publish('operations', 'x');
    await vi.advanceTimersByTimeAsync(heartbeatMs);
    expect(page).toEqual({
      text: expect.stringMatching(/retry.*"topic":"operations","id":"x".*ping/s) as string,
      isOver: false,
    });
  });

  it('does not tell of texts that do not open, of which drawing a page anew would tell again', async () => {
    const page = read(open());
    publish(unopenedTopic, 'incident_text/x');
    await settle();
    expect(page.text).not.toContain('data:');
  });

  it('ends within a heartbeat of its session, and hears of nothing after', async () => {
    const page = read(open());
    isOpen = false;
    await vi.advanceTimersByTimeAsync(heartbeatMs);
    publish('operations', 'after');
    await settle();
    expect(page.isOver).toBe(true);
    expect(page.text).toMatch(/event: ended/);
    expect(page.text).not.toMatch(/ping|after/);
    expect([listeners.size, streams.size]).toEqual([0, 0]);
  });

  it('ends at once when its own session is said to have ended, and tells no browser of others', async () => {
    const [mine, other] = [read(open('a')), read(open('b'))];
    isOpen = false;
    publish('sessions', 'a');
    await settle();
    expect(mine.isOver).toBe(true);
    expect(other).toMatchObject({ isOver: false, text: 'retry: 1000\n\n' });
  });

  it('looks at its session again after notices may have been missed', async () => {
    const page = read(open());
    isOpen = false;
    publish(anythingMayHaveChanged.topic);
    await settle();
    expect(page.isOver).toBe(true);
  });

  it('is opened anew after its time', async () => {
    const page = read(open());
    await vi.advanceTimersByTimeAsync(lifetimeMs);
    expect(page.isOver).toBe(true);
    expect(page.text).not.toMatch(/ended/);
  });

  it.each(['cancel', 'abort'] as const)('leaves nothing behind after a %s', async (how) => {
    const gone = new AbortController();
    const body = open('a', gone.signal);
    if (how === 'cancel') await body?.cancel();
    else gone.abort();
    expect([listeners.size, streams.size, vi.getTimerCount()]).toEqual([0, 0, 0]);
  });

  it('lets a browser go that reads nothing', () => {
    open();
    for (let count = 0; count < 1_000; count += 1) publish('operations');
    expect([listeners.size, streams.size]).toEqual([0, 0]);
  });
});

describe('the number of event streams', () => {
  it('is bounded for a session: the newest stay, the oldest is told why it ends', async () => {
    const pages = Array.from({ length: perSessionMax + 6 }, () => read(open()));
    await settle();
    expect(pages.slice(0, 6).every(({ isOver, text }) => isOver && /crowded/.test(text))).toBe(
      true,
    );
    expect(pages.slice(6).some(({ isOver }) => isOver)).toBe(false);
    expect(streams.size).toBe(perSessionMax);
  });

  it('is bounded for the process: one more is refused until another ends', async () => {
    const first = open('first');
    for (let count = 1; count < perProcessMax; count += 1) open(`session ${count}`);
    expect(open('one more')).toBeNull();
    await first?.cancel();
    expect(open('one more')).not.toBeNull();
  });
});
