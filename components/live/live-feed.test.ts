import { afterEach, describe, expect, it, vi } from 'vitest';
import { anythingMayHaveChanged } from '#lib/platform/db/notify.ts';
import {
  listenToChanges,
  mayHaveMissed,
  parseChange,
  readStatus,
  type LiveChange,
} from './live-feed.ts';
import { markSession } from './session-state.ts';

describe('parseChange', () => {
  it('reads a topic with and without a record', () => {
    expect(parseChange('{"topic":"operations","id":"a"}')).toEqual({
      topic: 'operations',
      id: 'a',
    });
    expect(parseChange('{"topic":"vaults"}')).toEqual({ topic: 'vaults', id: null });
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '{"topic":7}',
    '"operations"',
    `"${'x'.repeat(2000)}"`,
    7,
    undefined,
  ])('takes %j for no change', (data) => {
    expect(parseChange(data)).toBeNull();
  });
});

/** The browser's end of the event stream, as far as the feed uses it. */
class Stream extends EventTarget {
  static last: Stream | null = null;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    Stream.last = this;
  }
  close(): void {}
}

describe('listenToChanges', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('tells that anything may have changed when the server had lost its own source', () => {
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const heard: (LiveChange | null)[] = [];
    const stop = listenToChanges((change) => heard.push(change));
    Stream.last?.onopen?.();
    Stream.last?.onmessage?.({ data: '{"topic":"operations","id":"a"}' });
    Stream.last?.onmessage?.({ data: JSON.stringify(anythingMayHaveChanged) });
    stop();
    expect(heard.slice(-2)).toEqual([{ topic: 'operations', id: 'a' }, null]);
  });

  it('takes every sign of the server for a check, whether something changed or not', () => {
    vi.useFakeTimers({ now: 0 });
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const stop = listenToChanges(() => undefined);
    const checkedAfter = (seconds: number, sign: () => void) => {
      vi.setSystemTime(seconds * 1_000);
      sign();
      return readStatus().checkedAt?.slice(17, 19);
    };
    expect(checkedAfter(1, () => Stream.last?.onopen?.())).toBe('01');
    expect(checkedAfter(16, () => Stream.last?.dispatchEvent(new Event('ping')))).toBe('16');
    const change = { data: '{"topic":"operations","id":"a"}' };
    expect(checkedAfter(20, () => Stream.last?.onmessage?.(change))).toBe('20');
    stop();
    vi.useRealTimers();
  });

  it('tells that anything may have changed between the drawing of the page and the stream', () => {
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const heard: (LiveChange | null)[] = [];
    const stop = listenToChanges((change) => heard.push(change));
    expect(heard).toEqual([]);
    Stream.last?.onopen?.();
    stop();
    expect(heard).toEqual([null]);
  });

  it('knows for half a minute what somebody who begins to listen now was not told', () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['performance'] });
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const stop = listenToChanges(() => undefined);
    Stream.last?.onopen?.();
    expect(mayHaveMissed(['vaults'])).toBe(true);
    vi.advanceTimersByTime(31_000);
    expect(mayHaveMissed(['vaults'])).toBe(false);
    Stream.last?.onmessage?.({ data: '{"topic":"operations","id":"a"}' });
    expect(mayHaveMissed(['vaults'])).toBe(false);
    expect(mayHaveMissed(['vaults', 'operations'])).toBe(true);
    vi.advanceTimersByTime(31_000);
    expect(mayHaveMissed(['vaults', 'operations'])).toBe(false);
    stop();
    vi.useRealTimers();
  });

  it('asks for nothing more once its session has ended, until it is open again', () => {
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const heard: (LiveChange | null)[] = [];
    const stop = listenToChanges((change) => heard.push(change));
    const first = Stream.last;
    first?.onopen?.();
    first?.dispatchEvent(new Event('ended'));
    expect(readStatus().state).toBe('ended');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(Stream.last).toBe(first);
    markSession('open');
    expect(Stream.last).not.toBe(first);
    Stream.last?.onopen?.();
    stop();
    expect(heard.at(-1)).toBeNull();
  });
});
