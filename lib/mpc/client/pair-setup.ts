/**
 * Leads the holders of a key through the set-up of their pairs (decision 25). Nobody states it; pairs
 * that are there stay. Safe to repeat.
 */
import { isInteractive, keySuite } from '#lib/protocol/suites.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { rpc, type RpcMethod } from '../wire/rpc.ts';
import { partyStatus, type PartyAnswer, type PartyClient, type PartyNo } from './party-client.ts';
import { askAll, of } from './relay.ts';
import { tryAgain } from './try-again.ts';

export type PairStep = 'begin' | 'exchange' | 'answer' | 'finish' | 'keep';
type PairOf = readonly [PartyClient, PartyClient];
type HeldPairs = ReadonlyMap<string, { id: string; state: string }>;
type Messages = Map<string, { envelope: SignedEnvelope }>;

export type PairProgress = { pair: readonly [string, string]; step: PairStep };

/** Called, and waited for. */
export type PairOptions = {
  /** Before each step of each pair. */
  onPair?: (progress: PairProgress) => void | Promise<void>;
  /** Once a pair is ready, one that was there before included. */
  onPairReady?: (pair: readonly [string, string]) => void | Promise<void>;
};

/** What each holder says of its pairs, by name and peer; null where it does not use such a key. */
async function heldPairs(client: PartyClient, key: string): Promise<PartyAnswer<HeldPairs | null>> {
  const status = await partyStatus(client);
  if (!status.ok) return status;
  const entry = status.value.keys.find((candidate) => candidate.key === key);
  const suite = keySuite.safeParse(entry?.suite);
  if (!entry || !suite.success || !isInteractive(suite.data)) return { ok: true, value: null };
  return { ok: true, value: new Map((entry.pairs ?? []).map(({ peer, ...pair }) => [peer, pair])) };
}

/** Both sides hold the same, and it signs. One that can't be set up again is the parties' to refuse. */
function isReady([one, other]: PairOf, held: ReadonlyMap<string, HeldPairs | null>): boolean {
  const left = held.get(one.name)?.get(other.name);
  const right = held.get(other.name)?.get(one.name);
  const isLive = (state = ''): boolean => state === 'set-up' || state === 'used';
  return isLive(left?.state) && isLive(right?.state) && left?.id === right?.id;
}

/** Each side gets the other's message of the round before. */
function exchange<A>(
  pair: PairOf,
  method: RpcMethod<{ key: string; peer: string; envelopes: unknown[] }, A>,
  key: string,
  before: Messages,
) {
  const [one, other] = pair;
  return askAll(pair, (client) => {
    const peer = client === one ? other.name : one.name;
    return client.call(method, { key, peer, envelopes: [of(before, peer).envelope] });
  });
}

async function setUpPair(
  pair: PairOf,
  key: string,
  onStep: (step: PairStep) => Promise<void>,
): Promise<PartyAnswer<null>> {
  const [one, other] = pair;
  await onStep('begin');
  let before: { ok: true; values: Messages } | PartyNo = await askAll(pair, (client) =>
    client.call(rpc.pairBegin, { key, peer: client === one ? other.name : one.name }),
  );
  const rounds = [
    ['exchange', rpc.pairExchange],
    ['answer', rpc.pairAnswer],
    ['finish', rpc.pairFinish],
  ] as const;
  for (const [step, method] of rounds) {
    if (!before.ok) return before;
    await onStep(step);
    before = await exchange(pair, method, key, before.values);
  }
  if (!before.ok) return before;
  await onStep('keep');
  const kept = await exchange(pair, rpc.pairKeep, key, before.values);
  if (!kept.ok) return kept;
  return { ok: true, value: null };
}

/**
 * Sets up every pair of a key that is missing, one after the other: both sides of one work at once.
 * @param clients all holders of the key.
 * @returns which pairs are ready, by the names of both; none for a key that signs without pairs.
 */
export async function setUpPairs(
  clients: readonly PartyClient[],
  key: string,
  options: PairOptions = {},
): Promise<PartyAnswer<{ pairs: (readonly [string, string])[] }>> {
  // One that is meant to be on says whether there is anything to do: others may be led by documents, which
  // keys with pairs never are.
  const first = clients.find(({ expected }) => expected === 'online') ?? clients[0];
  const said = first ? await heldPairs(first, key) : null;
  if (said && !said.ok) return said;
  if (!said || said.value === null) return { ok: true, value: { pairs: [] } };
  const asked = await askAll(clients, (client) => heldPairs(client, key));
  if (!asked.ok) return asked;
  const done: (readonly [string, string])[] = [];
  if (clients.every(({ name }) => of(asked.values, name) === null))
    return { ok: true, value: { pairs: done } };
  const pairs = clients.flatMap((one, place) =>
    clients.slice(place + 1).map((other): PairOf => [one, other]),
  );
  let refused: PartyNo | null = null;
  for (const pair of pairs) {
    const names = [pair[0].name, pair[1].name] as const;
    const onStep = async (step: PairStep): Promise<void> => {
      await options.onPair?.({ pair: names, step });
    };
    if (!isReady(pair, asked.values)) {
      const outcome = await tryAgain(() => setUpPair(pair, key, onStep));
      // One that is refused does not keep the others from being set up.
      if (!outcome.ok) {
        refused ??= outcome;
        continue;
      }
    }
    done.push(names);
    await options.onPairReady?.(names);
  }
  return refused ?? { ok: true, value: { pairs: done } };
}
