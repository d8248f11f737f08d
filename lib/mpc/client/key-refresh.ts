/**
 * Leads the parties through a key refresh. Asking again for the same operation finishes it from
 * wherever it stopped: an epoch that all confirmed is put in force, else the rounds begin anew.
 */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import type { RpcMethod } from '../wire/rpc-method.ts';
import { findSwitch, finishSwitch, lookAt, type Switch } from './epoch-switch.ts';
import type { PartyAnswer, PartyClient, PartyNo } from './party-client.ts';
import { setUpPairs, type PairOptions } from './pair-setup.ts';
import { askAll, fromOthers } from './relay.ts';
import { tryAgain } from './try-again.ts';

export type RefreshRound =
  | 'look'
  | 'begin'
  | 'reveal'
  | 'deal'
  | 'finish'
  | 'prove'
  | 'confirm'
  | 'activate'
  | 'erase';

export type RefreshedKey = { key: string; epoch: number; publicKey: string };

type Round = ReadonlyMap<string, { envelope: SignedEnvelope }>;
type OnRound = (round: RefreshRound) => Promise<void>;

type Work = {
  members: readonly PartyClient[];
  bundle: OperationBundle;
  key: string;
  /** The epoch to come. */
  epoch: number;
  onRound: OnRound;
};

/**
 * Gives every party of a key a new share of it; the public key stays. Shares and backups of the epoch
 * before are worthless afterwards.
 * @param clients all known parties; those that hold no share are left out.
 * @param options.onRound called, and waited for, before each round.
 * @param options.onPair, options.onPairReady where the key signs with pairs.
 * @throws when the operation is none for this, or one of its parties is not configured.
 */
export async function runKeyRefresh(
  clients: readonly PartyClient[],
  bundle: OperationBundle,
  options: PairOptions & { onRound?: (round: RefreshRound) => void | Promise<void> } = {},
): Promise<PartyAnswer<RefreshedKey>> {
  const { intent } = bundle;
  if (intent.kind !== 'key-refresh') throw new Error('Only a key refresh refreshes a key.');
  const members = clients.filter(({ name }) => intent.parties.includes(name));
  if (members.length !== intent.parties.length)
    throw new Error('A party of the key is not configured.');
  const onRound: OnRound = async (round) => {
    await options.onRound?.(round);
  };
  const work = { members, bundle, key: intent.key, epoch: intent.epoch + 1, onRound };
  const made = await tryAgain(() => tryToRefresh(work));
  if (!made.ok) return made;
  // Pairs belong to one epoch: where the key signs with them, the new one needs its own.
  const pairs = await setUpPairs(members, intent.key, options);
  return pairs.ok ? made : pairs;
}

async function tryToRefresh(work: Work): Promise<PartyAnswer<RefreshedKey>> {
  const { members, key, epoch, onRound } = work;
  await onRound('look');
  const seen = await lookAt(members, key);
  const begun = findSwitch(key, epoch, seen);
  if (begun) {
    const reached = members.filter(({ name }) => seen.looks.has(name));
    const finished = await finishSwitch(reached, begun, seen.missing, onRound);
    return finished.ok ? outcomeOf(work) : finished;
  }
  if (seen.missing) return seen.missing;
  const made = await makeEpoch(work);
  if (!made.ok) return made;
  const finished = await finishSwitch(members, made.value, null, onRound);
  return finished.ok ? outcomeOf(work) : finished;
}

/** Runs one round of messages that all members get from all others. */
async function broadcast<A>(
  { members, key, onRound }: Work,
  round: RefreshRound,
  method: RpcMethod<{ key: string; envelopes: unknown[] }, A>,
  before: Round,
): Promise<{ ok: true; values: Map<string, A> } | PartyNo> {
  await onRound(round);
  return askAll(members, (client) =>
    client.call(method, { key, envelopes: fromOthers(client.name, before) }),
  );
}

/** Rounds from the promises to the confirmations. */
async function makeEpoch(work: Work): Promise<PartyAnswer<Switch>> {
  const { members, bundle, key, epoch, onRound } = work;
  await onRound('begin');
  const promised = await askAll(members, (client) =>
    client.call(keyLifeRpc.refreshBegin, { bundle }),
  );
  if (!promised.ok) return promised;
  const revealed = await broadcast(work, 'reveal', keyLifeRpc.refreshReveal, promised.values);
  if (!revealed.ok) return revealed;
  const dealt = await broadcast(work, 'deal', keyLifeRpc.refreshDeal, revealed.values);
  if (!dealt.ok) return dealt;
  const shares = [...dealt.values.values()].flatMap(({ envelopes }) => envelopes);
  await onRound('finish');
  const echoed = await askAll(members, (client) =>
    client.call(keyLifeRpc.refreshFinish, {
      key,
      envelopes: shares.filter(({ envelope }) => envelope.to === client.name),
    }),
  );
  if (!echoed.ok) return echoed;
  const proven = await broadcast(work, 'prove', keyLifeRpc.refreshProve, echoed.values);
  if (!proven.ok) return proven;
  const confirmed = await broadcast(work, 'confirm', keyLifeRpc.refreshConfirm, proven.values);
  if (!confirmed.ok) return confirmed;
  const confirmations = [...confirmed.values.values()].map(({ envelope }) => envelope);
  const ceremony = confirmations[0]?.envelope.ceremony ?? '';
  return { ok: true, value: { key, epoch, ceremony, confirmations, words: [] } };
}

/** What every party has in force now; all must say the same, and of this operation. */
async function outcomeOf({
  members,
  bundle,
  key,
  epoch,
}: Work): Promise<PartyAnswer<RefreshedKey>> {
  const { looks, missing } = await lookAt(members, key);
  if (missing) return missing;
  const publicKeys = new Set<string>();
  for (const [party, { used }] of looks) {
    const no = { ok: false, party, culprit: null } as const;
    if (used?.epoch !== epoch) return { ...no, refusal: 'party-answer-invalid' };
    if (used.intentDigest !== intentDigest(bundle.intent))
      return { ...no, refusal: 'key-epoch-differs' };
    publicKeys.add(used.publicKey);
  }
  const [publicKey] = publicKeys;
  if (publicKey === undefined || publicKeys.size !== 1)
    return {
      ok: false,
      refusal: 'party-answer-invalid',
      party: members[0]?.name ?? '',
      culprit: null,
    };
  return { ok: true, value: { key, epoch, publicKey } };
}
