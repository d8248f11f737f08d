/** Three local parties with one key, and what tests of its life do with it. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyRefresh, type RefreshRound } from '../client/key-refresh.ts';
import { runKeyRepair, type RepairRound } from '../client/key-repair.ts';
import { partyStatus, type PartyClient } from '../client/party-client.ts';
import { signTransaction, type SigningRound } from '../client/sign-transaction.ts';
import { findShare, keysOf } from '../party/party.ts';
import type { KeyRecord } from '../party/store/keys.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { must, partyNames } from './custody.ts';
import { openFragileVault, type Place } from './fragile.ts';
import { keyRefreshIntent, keyRepairIntent, solanaKey, type KeyKind } from './organisation.ts';
import { newWithdrawal } from './withdraw.ts';

const KEY = 'key-warm-1';
const stop = new Error('The relay stops here.');

export const notBy = (envelopes: readonly SignedEnvelope[], name: string): SignedEnvelope[] =>
  envelopes.filter(({ envelope }) => envelope.from !== name);

export type KeyLife = Awaited<ReturnType<typeof openKeyLife>>;

export async function openKeyLife(kind: KeyKind = solanaKey) {
  const { fragile, vault } = await openFragileVault(kind);
  const { organisation } = fragile.custody;

  const refresh = (
    bundle: OperationBundle,
    onRound: (round: RefreshRound) => void | Promise<void> = () => undefined,
    clients: readonly PartyClient[] = fragile.clients,
  ) => runKeyRefresh(clients, bundle, { onRound });

  const usedBy = (place: Place): KeyRecord => {
    const record = keysOf(fragile.at(place).party).find(({ state }) => state === 'usable');
    if (!record) throw new Error('The party has no epoch in force.');
    return record;
  };

  const shareAt = (place: Place): Uint8Array => {
    const share = findShare(fragile.at(place).party, usedBy(place))?.slice();
    if (!share) throw new Error('The share is lost already.');
    return share;
  };

  return {
    fragile,
    vault,
    organisation,
    refresh,
    usedBy,
    remove: () => fragile.custody.remove(),

    refreshBundle: (epoch = 1) => organisation.bundle(keyRefreshIntent(epoch)),
    repairBundle: (
      place: Place,
      epoch = 1,
      helpers: string[] = partyNames.filter((name) => name !== partyNames[place]),
    ) => organisation.bundle(keyRepairIntent(partyNames[place], helpers, epoch)),
    repair: (
      bundle: OperationBundle,
      clients: readonly PartyClient[] = fragile.clients,
      onRound: (round: RepairRound) => void = () => undefined,
    ) => runKeyRepair(clients, bundle, { onRound }),

    /** Leads a refresh up to a round and no further. */
    upTo: (round: RefreshRound, bundle: OperationBundle) =>
      refresh(bundle, (reached) => {
        if (reached === round) throw stop;
      }).catch((error: unknown) => {
        if (error !== stop) throw error;
      }),

    /** Epochs and states that a party keeps, such as `1 usable`. */
    held: (place: Place): string[] =>
      keysOf(fragile.at(place).party).map(({ epoch, state }) => `${epoch} ${state}`),

    /** A withdrawal that is new each time. @returns `signed` or the refusal. */
    sign: async (
      onRound: (round: SigningRound) => void | Promise<void> = () => undefined,
      quorum: readonly Place[] = [0, 1],
    ): Promise<string> => {
      const signed = await signTransaction({
        clients: quorum.map((place): PartyClient => fragile.clients[place]),
        ...newWithdrawal(kind, { organisation }, vault),
        onRound,
      });
      return signed.ok ? 'signed' : signed.refusal;
    },

    stateAt: async (place: Place) => must(await partyStatus(fragile.clients[place])).keys[0]?.state,

    look: async (place: Place) =>
      must(await fragile.clients[place].call(keyLifeRpc.keyLook, { key: KEY })),

    /** Hands a party confirmations and words of others. */
    activate: (
      place: Place,
      ceremony: string,
      envelopes: readonly SignedEnvelope[],
      words: readonly SignedEnvelope[] = [],
    ) => {
      const client: PartyClient = fragile.clients[place];
      return client.call(keyLifeRpc.refreshActivate, {
        key: KEY,
        ceremony,
        envelopes: notBy(envelopes, client.name),
        words: notBy(words, client.name),
      });
    },

    /** The bytes of the share are gone from the disk; the record stays. @returns what it was. */
    loseShare: (place: Place): Uint8Array => {
      const share = shareAt(place);
      fragile.at(place).party.database.run('update keys set sealed = zeroblob(length(sealed))');
      fragile.restart(place);
      return share;
    },

    /** The whole record is gone. @returns the share that it was of. */
    loseRecord: (place: Place): Uint8Array => {
      const share = shareAt(place);
      const { party } = fragile.at(place);
      party.database.run('delete from keys');
      party.register = null;
      party.shares.clear();
      return share;
    },
  };
}
