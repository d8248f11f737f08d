/**
 * The open event streams of this process. Each tells that something changed, never what, and ends
 * with the session that opened it.
 */
import { anythingMayHaveChanged, sessionsTopic, unopenedTopic, type Notice } from './db/notify.ts';

/** Pings keep proxies from closing a quiet stream, and let the page notice a dead one. */
export const heartbeatMs = 15_000;
/** A stream is opened anew after this long, so that none outlives what it was opened under. */
export const lifetimeMs = 10 * 60_000;
/**
 * A browser keeps six connections to a server, and the six that died unnoticed when its network
 * changed may still stand here; the oldest give way.
 */
export const perSessionMax = 8;
/** Two for each person a roster can have; each costs a connection and little else. */
export const perProcessMax = 2_000;
/** A browser that reads nothing is let go rather than remembered for. */
const unreadMax = 256;

export type StreamOwner = {
  sessionId: string;
  /** Whether the session still opens something; asking does not prolong it. */
  isStillOpen: () => Promise<boolean>;
};

/** How notices come in. @returns how to stop. */
export type NoticeSource = (listener: (notice: Notice) => void) => () => void;

const encoder = new TextEncoder();

export class EventStreams {
  readonly #subscribe: NoticeSource;
  readonly #bySession = new Map<string, Set<EventStream>>();
  #total = 0;

  constructor(subscribe: NoticeSource) {
    this.#subscribe = subscribe;
  }

  get size(): number {
    return this.#total;
  }

  /** @returns null when this process has as many streams as it takes. */
  open(owner: StreamOwner, signal: AbortSignal): ReadableStream<Uint8Array> | null {
    const own = this.#bySession.get(owner.sessionId) ?? new Set<EventStream>();
    const [oldest] = own;
    if (oldest && own.size >= perSessionMax) oldest.end('crowded');
    if (this.#total >= perProcessMax) return null;
    const stream = new EventStream(owner, this.#subscribe, () => {
      this.#total -= 1;
      own.delete(stream);
      if (own.size === 0) this.#bySession.delete(owner.sessionId);
    });
    this.#total += 1;
    own.add(stream);
    this.#bySession.set(owner.sessionId, own);
    signal.addEventListener('abort', () => stream.end(), { once: true });
    if (signal.aborted) stream.end();
    return stream.body;
  }
}

/** One stream, from its first line to whatever ends it: the browser, its session, its time. */
class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #owner: StreamOwner;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #cleanUp: () => void;
  #isOver = false;

  constructor(owner: StreamOwner, subscribe: NoticeSource, onEnd: () => void) {
    this.#owner = owner;
    const made: { controller?: ReadableStreamDefaultController<Uint8Array> } = {};
    this.body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        made.controller = controller;
      },
      cancel: () => this.end(),
    });
    if (!made.controller) throw new Error('A stream starts when it is made.');
    this.#controller = made.controller;
    const unsubscribe = subscribe((notice) => this.#hear(notice));
    const heartbeat = setInterval(() => void this.#beat(), heartbeatMs);
    const end = setTimeout(() => this.end(), lifetimeMs);
    this.#cleanUp = () => {
      unsubscribe();
      clearInterval(heartbeat);
      clearTimeout(end);
      onEnd();
    };
    this.#send('retry: 1000\n\n');
  }

  /**
   * Ends the stream; doing it twice is harmless.
   * @param word what the page is told first: that its session ended, or that newer tabs took its place.
   */
  end(word?: 'ended' | 'crowded'): void {
    if (this.#isOver) return;
    if (word) this.#send(`event: ${word}\ndata: .\n\n`);
    this.#isOver = true;
    this.#cleanUp();
    try {
      this.#controller.close();
    } catch {
      // The browser closed it first.
    }
  }

  #send(text: string): void {
    if (this.#isOver) return;
    if ((this.#controller.desiredSize ?? 0) < -unreadMax) return this.end();
    this.#controller.enqueue(encoder.encode(text));
  }

  #hear(notice: Notice): void {
    // Whose session ended is nobody else's business.
    if (notice.topic === sessionsTopic) {
      if (notice.id === this.#owner.sessionId) void this.#check();
      return;
    }
    // A page that tells of a text would be drawn anew, and tell of it again.
    if (notice.topic === unopenedTopic) return;
    if (notice.topic === anythingMayHaveChanged.topic) void this.#check();
    this.#send(`data: ${JSON.stringify(notice)}\n\n`);
  }

  async #beat(): Promise<void> {
    await this.#check();
    this.#send('event: ping\ndata: .\n\n');
  }

  async #check(): Promise<void> {
    try {
      if (!(await this.#owner.isStillOpen())) this.end('ended');
    } catch {
      // Nobody can tell, so it ends; the page comes back by itself and is asked again.
      this.end();
    }
  }
}
