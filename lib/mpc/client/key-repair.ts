/**
 * Leads a party that lost its share and those who help it through a repair. Asked again it begins
 * anew, or answers that the share is there. A repair should be followed by a refresh and a backup:
 * nobody knows where the lost copy is.
 */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import type { PartyAnswer, PartyClient } from './party-client.ts';
import { askAll, fromOthers } from './relay.ts';
import { tryAgain } from './try-again.ts';

export type RepairRound = 'begin' | 'reveal' | 'echo' | 'deal' | 'sum' | 'finish';

export type RepairedKey = { key: string; epoch: number; party: string; publicKey: string };

type OnRound = (round: RepairRound) => Promise<void>;
type Work = {
  lost: PartyClient;
  helpers: readonly PartyClient[];
  bundle: OperationBundle;
  key: string;
  onRound: OnRound;
};

/**
 * Rebuilds the share that one party of a key lost.
 * @param clients all known parties; those that the operation does not name are left out.
 * @param options.onRound called, and waited for, before each round.
 * @throws when the operation is none for this, or one of its parties is not configured.
 */
export async function runKeyRepair(
  clients: readonly PartyClient[],
  bundle: OperationBundle,
  options: { onRound?: (round: RepairRound) => void | Promise<void> } = {},
): Promise<PartyAnswer<RepairedKey>> {
  const { intent } = bundle;
  if (intent.kind !== 'key-repair') throw new Error('Only a key repair repairs a share.');
  const { key, epoch, party } = intent;
  const helpers = clients.filter(({ name }) => intent.helpers.includes(name));
  const lost = clients.find(({ name }) => name === party);
  if (!lost || helpers.length !== intent.helpers.length)
    throw new Error('A party of the repair is not configured.');
  const onRound: OnRound = async (round) => {
    await options.onRound?.(round);
  };
  const work = { lost, helpers, bundle, key, onRound };
  const outcome = await tryAgain(() => tryToRepair(work));
  return outcome.ok ? { ok: true, value: { key, epoch, party, ...outcome.value } } : outcome;
}

async function tryToRepair(work: Work): Promise<PartyAnswer<{ publicKey: string }>> {
  const { lost, helpers, bundle, onRound } = work;
  await onRound('begin');
  const first = await lost.call(keyLifeRpc.repairBegin, { bundle });
  if (!first.ok) return first;
  if (first.value.state === 'held')
    return { ok: true, value: { publicKey: first.value.publicKey } };
  const begun = await askAll(helpers, (client) => client.call(keyLifeRpc.repairBegin, { bundle }));
  if (!begun.ok) return begun;
  const openings = new Map([[lost.name, { envelope: first.value.envelope }]]);
  for (const [name, value] of begun.values)
    if (value.state === 'begun') openings.set(name, { envelope: value.envelope });
  return goThrough(work, openings);
}

type Round = ReadonlyMap<string, { envelope: SignedEnvelope }>;

/** Rounds after the openings. */
async function goThrough(
  { lost, helpers, key, onRound }: Work,
  openings: Round,
): Promise<PartyAnswer<{ publicKey: string }>> {
  const everybody = [...helpers, lost];
  const to = (client: PartyClient, before: Round) => ({
    key,
    envelopes: fromOthers(client.name, before),
  });
  await onRound('reveal');
  const revealed = await askAll(everybody, (client) =>
    client.call(keyLifeRpc.repairReveal, to(client, openings)),
  );
  if (!revealed.ok) return revealed;
  const packages = new Map(
    [...revealed.values].flatMap(([name, { envelope }]) =>
      envelope ? [[name, { envelope }] as const] : [],
    ),
  );
  await onRound('echo');
  const echoed = await askAll(everybody, (client) =>
    client.call(keyLifeRpc.repairEcho, to(client, packages)),
  );
  if (!echoed.ok) return echoed;
  await onRound('deal');
  const dealt = await askAll(everybody, (client) =>
    client.call(keyLifeRpc.repairDeal, to(client, echoed.values)),
  );
  if (!dealt.ok) return dealt;
  const deltas = [...dealt.values.values()].flatMap(({ envelopes }) => envelopes);
  await onRound('sum');
  const summed = await askAll(helpers, (client) =>
    client.call(keyLifeRpc.repairSum, {
      key,
      envelopes: deltas.filter(({ envelope }) => envelope.to === client.name),
    }),
  );
  if (!summed.ok) return summed;
  await onRound('finish');
  return lost.call(keyLifeRpc.repairFinish, to(lost, summed.values));
}
