/** Leads the parties through a key ceremony, and where the key signs with ECDSA through its pairs. A repeat for the same operation ends at the same key. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { isInteractive } from '#lib/protocol/suites.ts';
import { rpc, type RpcAnswer, type RpcMethod } from '../wire/rpc.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { setUpPairs, type PairOptions } from './pair-setup.ts';
import type { PartyAnswer, PartyClient, PartyNo } from './party-client.ts';
import { askAll, fromOthers, of } from './relay.ts';
import { tryAgain } from './try-again.ts';

type Begun = RpcAnswer<'ceremonyBegin'>;
type KeyRequest = { key: string; envelopes: unknown[] };
type Outcome = PartyAnswer<{ key: string; publicKey: string }>;

export type CeremonyRound = 'begin' | 'reveal' | 'deal' | 'finish' | 'confirm' | 'activate';

/** The echoes of a ceremony whose shares all parties store already, as after a crash. */
function findHeld(
  begun: ReadonlyMap<string, Begun>,
): Map<string, { envelope: SignedEnvelope }> | null {
  const echoes = new Map<string, { envelope: SignedEnvelope }>();
  const ceremonies = new Set<string>();
  for (const [name, value] of begun) {
    const held = value.state === 'usable' ? value : value.held;
    if (!held) return null;
    ceremonies.add(held.ceremony);
    echoes.set(name, { envelope: held.echo });
  }
  return ceremonies.size === 1 ? echoes : null;
}

function roundOf(values: ReadonlyMap<string, Begun>): Map<string, { envelope: SignedEnvelope }> {
  return new Map(
    [...values].flatMap(([name, value]) =>
      value.state === 'begun' ? [[name, { envelope: value.envelope }] as const] : [],
    ),
  );
}

/** Runs one broadcast round: each party gets the messages of the others. */
function broadcast<A>(
  clients: readonly PartyClient[],
  method: RpcMethod<KeyRequest, A>,
  key: string,
  before: ReadonlyMap<string, { envelope: SignedEnvelope }>,
) {
  return askAll(clients, (client) =>
    client.call(method, { key, envelopes: fromOthers(client.name, before) }),
  );
}

/** Rounds from the promises to the echoes. */
async function makeKey(
  clients: readonly PartyClient[],
  key: string,
  begun: ReadonlyMap<string, { envelope: SignedEnvelope }>,
  onRound: (round: CeremonyRound) => Promise<void>,
): Promise<{ ok: true; values: Map<string, { envelope: SignedEnvelope }> } | PartyNo> {
  await onRound('reveal');
  const revealed = await broadcast(clients, rpc.ceremonyReveal, key, begun);
  if (!revealed.ok) return revealed;
  await onRound('deal');
  const dealt = await broadcast(clients, rpc.ceremonyDeal, key, revealed.values);
  if (!dealt.ok) return dealt;
  const shares = [...dealt.values.values()].flatMap(({ envelopes }) => envelopes);
  await onRound('finish');
  return askAll(clients, (client) =>
    client.call(rpc.ceremonyFinish, {
      key,
      envelopes: shares.filter(({ envelope }) => envelope.to === client.name),
    }),
  );
}

/**
 * Makes the key that the operation names, with the parties it names.
 * @param clients all known parties; those the intent doesn't name are left out.
 * @param options.onRound called, and waited for, before each round.
 * @param options.onPair, options.onPairReady where the key signs with pairs.
 */
export async function runKeyCeremony(
  clients: readonly PartyClient[],
  bundle: OperationBundle,
  options: PairOptions & { onRound?: (round: CeremonyRound) => void | Promise<void> } = {},
): Promise<Outcome> {
  const { intent } = bundle;
  if (intent.kind !== 'key-ceremony') throw new Error('Only a key ceremony makes a key.');
  const members = clients.filter(({ name }) => intent.parties.includes(name));
  if (members.length !== intent.parties.length)
    throw new Error('A party of the key ceremony is not configured.');
  const onRound = async (round: CeremonyRound): Promise<void> => {
    await options.onRound?.(round);
  };
  const made = await tryAgain(() => tryToMakeKey(members, bundle, intent.key, onRound));
  if (!made.ok || !isInteractive(intent.suite)) return made;
  const pairs = await setUpPairs(members, intent.key, options);
  return pairs.ok ? made : pairs;
}

async function tryToMakeKey(
  members: readonly PartyClient[],
  bundle: OperationBundle,
  key: string,
  onRound: (round: CeremonyRound) => Promise<void>,
): Promise<Outcome> {
  await onRound('begin');
  const begun = await askAll(members, (client) => client.call(rpc.ceremonyBegin, { bundle }));
  if (!begun.ok) return begun;
  const held = findHeld(begun.values);
  const echoed = held
    ? { ok: true as const, values: held }
    : await makeKey(members, key, roundOf(begun.values), onRound);
  if (!echoed.ok) return echoed;
  await onRound('confirm');
  const confirmed = await broadcast(members, rpc.ceremonyConfirm, key, echoed.values);
  if (!confirmed.ok) return confirmed;
  await onRound('activate');
  const active = await broadcast(members, rpc.ceremonyActivate, key, confirmed.values);
  if (!active.ok) return active;
  return agreedKey(members, key, active.values);
}

/** All parties must name the same key; a relay that is lied to must not pass the lie on. */
function agreedKey(
  members: readonly PartyClient[],
  key: string,
  values: ReadonlyMap<string, { publicKey: string }>,
): Outcome {
  const [first] = members;
  const publicKey = first ? of(values, first.name).publicKey : '';
  const other = members.find(({ name }) => of(values, name).publicKey !== publicKey);
  return other
    ? { ok: false, refusal: 'party-answer-invalid', party: other.name, culprit: null }
    : { ok: true, value: { key, publicKey } };
}
