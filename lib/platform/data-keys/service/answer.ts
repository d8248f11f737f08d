/** Answers one request to the data-key service. Nothing of a value or a key stands in a refusal or in the log of uses. */
import { z } from 'zod';
import { DataKeysError, type DataKeysFault } from '../data-keys.ts';
import { KeyStoreFault } from '../store/key-store-fault.ts';
import type { KeyStore } from '../store/key-store.ts';
import type { Brake } from './brake.ts';
import { asks, mayAsk, type Ask, type Caller } from './messages.ts';

const IDS_MAX = 5;

export type Answer = { status: number; body: object };
/** One use, as it is written down. */
export type Use = {
  caller: Caller;
  ask: Ask;
  count: number;
  outcome: 'done' | DataKeysFault;
  /** The first ids of keys that were to be destroyed. */
  ids?: readonly string[];
  /** How many of them were there. */
  destroyed?: number;
};

const refused = (status: number, fault: DataKeysFault, sentence: string): Answer => ({
  status,
  body: { fault, sentence },
});

export class Desk {
  readonly #store: KeyStore;
  readonly #brake: Brake;
  readonly #note: (use: Use) => void;

  constructor(store: KeyStore, brake: Brake, note: (use: Use) => void) {
    this.#store = store;
    this.#brake = brake;
    this.#note = note;
  }

  async answer(caller: Caller, ask: Ask, input: unknown): Promise<Answer> {
    const answer = await this.#answer(caller, ask, input);
    const { fault, destroyed } = answer.body as {
      fault?: DataKeysFault;
      destroyed?: readonly string[];
    };
    this.#note({
      caller,
      ask,
      count: countOf(input),
      outcome: fault ?? 'done',
      ...(ask === 'shred' && { ids: idsIn(input), destroyed: destroyed?.length ?? 0 }),
    });
    return answer;
  }

  async #answer(caller: Caller, ask: Ask, input: unknown): Promise<Answer> {
    if (!mayAsk[caller].has(ask))
      return refused(403, 'not-allowed', 'This is not for the process that asks.');
    try {
      return { status: 200, body: await this.#done(caller, ask, input) };
    } catch (error) {
      if (error instanceof z.ZodError)
        return refused(400, 'too-much', 'What was asked is not in the form it must have.');
      if (error instanceof DataKeysError) return refused(409, error.fault, error.message);
      if (error instanceof KeyStoreFault) return refused(503, 'unavailable', error.message);
      throw error;
    }
  }

  async #done(caller: Caller, ask: Ask, input: unknown): Promise<object> {
    const store = this.#store;
    switch (ask) {
      case 'make': {
        const { count } = asks.make.parse(input);
        this.#brake.take(caller, 'make', count);
        return { keys: await store.make(count) };
      }
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
      case 'never-made':
        return { neverMade: store.neverMade(asks['never-made'].parse(input).keys) };
      case 'list':
        return { keys: await store.list(asks.list.parse(input).bucket) };
      case 'shred':
        return this.#shred(caller, asks.shred.parse(input));
      case 'rotate':
        asks.rotate.parse(input);
        return store.rotate();
      case 'backup':
        asks.backup.parse(input);
        await store.backUp({ isDue: true });
        return {};
      case 'renew-copy':
        await store.renewCopy(asks['renew-copy'].parse(input).place);
        return {};
      case 'health':
        asks.health.parse(input);
        return store.health();
    }
  }

  async #shred(
    caller: Caller,
    { keys, isBeyondBrake }: z.output<typeof asks.shred>,
  ): Promise<object> {
    // What is gone already costs nobody anything, so that asking again is not held back.
    const gone = new Set(await this.#store.missing(keys));
    const there = keys.filter((key) => !gone.has(key));
    if (caller !== 'owner' || !isBeyondBrake) this.#brake.take(caller, 'shred', there.length);
    return this.#store.shred(keys);
  }
}

function idsIn(input: unknown): readonly string[] {
  const parsed = asks.shred.safeParse(input);
  return parsed.success ? parsed.data.keys.slice(0, IDS_MAX) : [];
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
