/**
 * Clients that remember: a ceremony with cold parties is led by the same code as any other, from its
 * beginning each time. What a party answered once is answered from the journal; what a cold party has
 * not answered yet is noted for the next document, and ends the run as an absence would. Where the
 * same is asked several times, each time has an answer of its own.
 */
import { z } from 'zod';
import { digestOf } from '#lib/protocol/intent.ts';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { rpc, type RpcMethod } from '../wire/rpc.ts';
import { isInterruption } from './benign.ts';
import type { PartyAnswer, PartyClient, PartyNo } from './party-client.ts';

/** More steps no ceremony has. */
const ENTRIES_MAX = 2000;

export const journalEntry = z.strictObject({
  party: slug,
  method: z.string().max(40),
  /** Digest of the request, and which time it is that this is asked, from 0. */
  request: digestHex,
  time: z.int().min(0),
  value: z.unknown(),
});
export type JournalEntry = z.infer<typeof journalEntry>;
export const journal = z.array(journalEntry).max(ENTRIES_MAX);

/** A step that waits for a cold party. */
export type PendingStep = { party: string; method: string; request: unknown; time: number };

export type Journaled = {
  clients: PartyClient[];
  /** The journal with what parties with a network answered in this run. */
  entries(): JournalEntry[];
  /** Steps that cold parties have to take before it goes on. */
  pending(): PendingStep[];
  /** Why nothing more was asked: somebody lost what was in progress, so to go on would mix two. */
  stopped(): PartyNo | null;
};

export function methodName(path: string): string {
  const name = Object.entries(rpc).find(([, method]) => method.path === path)?.[0];
  if (name === undefined) throw new Error('A party is asked by the methods it answers.');
  return name;
}

/** What a leader asks for again and again until it is there; nothing is begun anew for it. */
const asksAgain: ReadonlySet<string> = new Set(['backup-unready']);

/** As the request arrives: what JSON drops does not count. */
const plain = (request: unknown): unknown => JSON.parse(JSON.stringify(request)) as unknown;

/**
 * @param of.online parties that are asked at once.
 * @param of.cold names of those that answer by document.
 */
export function journaled(of: {
  online: readonly PartyClient[];
  cold: readonly string[];
  journal: readonly JournalEntry[];
}): Journaled {
  const entries = [...of.journal];
  const pending: PendingStep[] = [];
  const times = new Map<string, number>();
  let stopped: PartyNo | null = null;
  /** Which time it is in this run that a party is asked this. */
  const nextTime = (party: string, method: string, request: string): number => {
    const name = `${party} ${method} ${request}`;
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    return time;
  };
  async function call<Q, A>(
    party: string,
    client: PartyClient | null,
    method: RpcMethod<Q, A>,
    asked: Q,
  ): Promise<PartyAnswer<A>> {
    if (stopped) return stopped;
    const step = methodName(method.path);
    const request = digestOf(plain(asked));
    const time = nextTime(party, step, request);
    const known = entries.find(
      (entry) =>
        entry.party === party &&
        entry.method === step &&
        entry.request === request &&
        entry.time === time,
    );
    if (known) return { ok: true, value: method.answer.parse(known.value) };
    if (!client) {
      pending.push({ party, method: step, request: plain(asked), time });
      return { ok: false, refusal: 'party-unreachable', party, culprit: null };
    }
    const given = await client.call(method, asked);
    if (given.ok) entries.push({ party, method: step, request, time, value: plain(given.value) });
    else if (isInterruption(given.refusal) && !asksAgain.has(given.refusal)) stopped = given;
    return given;
  }
  const online = of.online.map((client): PartyClient => ({
    name: client.name,
    origin: client.origin,
    expected: client.expected,
    call: (method, request) => call(client.name, client, method, request),
    close: () => client.close(),
  }));
  const cold = of.cold.map((name): PartyClient => ({
    name,
    origin: '',
    expected: 'offline',
    call: (method, request) => call(name, null, method, request),
    close: () => undefined,
  }));
  return {
    clients: [...online, ...cold],
    entries: () => entries,
    pending: () => pending,
    stopped: () => stopped,
  };
}
