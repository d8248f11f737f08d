/** Answers one request to the data-key service. Nothing of a value or a key stands in a refusal or in the log of uses. */
import { DataKeysError, type DataKeysFault } from '../data-keys.ts';
import { KeyStoreFault } from '../store/key-store-fault.ts';
import type { KeyStore } from '../store/key-store.ts';
import { asks, mayAsk, SHREDS_AN_HOUR_MAX, type Ask, type Caller } from './messages.ts';

const HOUR = 3_600_000;

export type Answer = { status: number; body: object };
/** One use, as it is written down. */
export type Use = { caller: Caller; ask: Ask; count: number; outcome: 'done' | DataKeysFault };

const refused = (status: number, fault: DataKeysFault, sentence: string): Answer => ({
  status,
  body: { fault, sentence },
});

export class Desk {
  readonly #store: KeyStore;
  readonly #now: () => Date;
  readonly #note: (use: Use) => void;
  #shreds: { at: number; count: number }[] = [];

  constructor(store: KeyStore, now: () => Date, note: (use: Use) => void) {
    this.#store = store;
    this.#now = now;
    this.#note = note;
  }

  async answer(caller: Caller, ask: Ask, input: unknown): Promise<Answer> {
    const answer = await this.#answer(caller, ask, input);
    const { fault } = answer.body as { fault?: DataKeysFault };
    this.#note({ caller, ask, count: countOf(input), outcome: fault ?? 'done' });
    return answer;
  }

  async #answer(caller: Caller, ask: Ask, input: unknown): Promise<Answer> {
    if (!mayAsk[caller].has(ask))
      return refused(403, 'not-allowed', 'This is not for the process that asks.');
    if (!asks[ask].safeParse(input).success)
      return refused(400, 'too-much', 'What was asked is not in the form it must have.');
    try {
      return { status: 200, body: await this.#done(caller, ask, input) };
    } catch (error) {
      if (error instanceof DataKeysError) return refused(409, error.fault, error.message);
      if (error instanceof KeyStoreFault) return refused(503, 'unavailable', error.message);
      throw error;
    }
  }

  async #done(caller: Caller, ask: Ask, input: unknown): Promise<object> {
    const store = this.#store;
    switch (ask) {
      case 'make':
        return { keys: await store.make(asks.make.parse(input).count) };
      case 'seal': {
        const sealed = await store.seal(asks.seal.parse(input).items);
        return { sealed: sealed.map((one) => Buffer.from(one).toString('base64')) };
      }
      case 'open': {
        const opened = await store.open(asks.open.parse(input).items);
        return {
          opened: opened.map((one) =>
            one.state === 'open' ? Buffer.from(one.plain).toString('base64') : null,
          ),
        };
      }
      case 'fingerprint': {
        const { kind, values } = asks.fingerprint.parse(input);
        const hashes = store.fingerprint(kind, values);
        return { hashes: hashes.map((hash) => Buffer.from(hash).toString('base64')) };
      }
      case 'missing':
        return { missing: await store.missing(asks.missing.parse(input).keys) };
      case 'shred': {
        const { keys } = asks.shred.parse(input);
        if (caller !== 'owner') this.#brake(keys.length);
        return store.shred(keys);
      }
      case 'rotate':
        return store.rotate();
      case 'health':
        return store.health();
    }
  }

  #brake(count: number): void {
    const now = this.#now().getTime();
    this.#shreds = this.#shreds.filter(({ at }) => now - at < HOUR);
    const before = this.#shreds.reduce((sum, one) => sum + one.count, 0);
    if (before + count > SHREDS_AN_HOUR_MAX)
      throw new DataKeysError(
        'too-much',
        `No more than ${SHREDS_AN_HOUR_MAX} keys are destroyed within an hour. The rest waits, or whoever runs the installation does it.`,
      );
    this.#shreds.push({ at: now, count });
  }
}

function countOf(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 0;
  for (const name of ['items', 'values', 'keys']) {
    const list = (input as Record<string, unknown>)[name];
    if (Array.isArray(list)) return list.length;
  }
  const { count } = input as { count?: unknown };
  return typeof count === 'number' ? count : 1;
}
