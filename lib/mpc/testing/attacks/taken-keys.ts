/** The taken party in ceremonies, refreshes and repairs, and without anybody's statements for one. */
import type { Intent } from '#lib/protocol/intent.ts';
import { runKeyCeremony } from '../../client/key-ceremony.ts';
import { runKeyRefresh } from '../../client/key-refresh.ts';
import { runKeyRepair } from '../../client/key-repair.ts';
import type { PartyClient } from '../../client/party-client.ts';
import { refreshCommitment } from '../../frost/refresh-transcript.ts';
import { keyLifeRpc } from '../../wire/key-life-rpc.ts';
import { signedEnvelope, type SignedEnvelope } from '../../wire/envelope.ts';
import { openPrivate, privatePayload, sealPrivate } from '../../wire/private-payload.ts';
import { refreshPromise } from '../../wire/refresh-payloads.ts';
import { rpc } from '../../wire/rpc.ts';
import { must } from '../custody.ts';
import {
  keyBackupIntent,
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
} from '../organisation.ts';
import { tampered, type Tamper } from '../tampering.ts';
import { retold } from './taken-sessions.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';
import { ed25519Suite } from '../../frost/suite.ts';

const { commitTo, pointHex, scalarBytes } = ed25519Suite.arithmetic;

export const clientsOf = ({ custody }: TakenWorld): PartyClient[] =>
  custody.parties.map(({ client }) => client);

type Change = (world: TakenWorld, sent: SignedEnvelope, receiver: string) => SignedEnvelope;
type Rounds = Readonly<Record<string, Change>>;

/** Changes what the taken party says, by the path on which its receiver gets it. */
const tampering =
  (world: TakenWorld, rounds: Rounds): Tamper =>
  ({ path, receiver, sent }) => [rounds[path]?.(world, sent, receiver) ?? sent];

const run = {
  ceremony: runKeyCeremony,
  refresh: runKeyRefresh,
  repair: runKeyRepair,
} as const;

async function attempt(
  world: TakenWorld,
  what: keyof typeof run,
  intent: Intent,
  rounds: Rounds,
): Promise<string> {
  const clients = tampered(clientsOf(world), TAKEN, tampering(world, rounds));
  return said(await run[what](clients, world.custody.organisation.bundle(intent)));
}

const payload =
  (changes: Record<string, unknown>): Change =>
  (world, sent) =>
    retold(world, sent, { payload: changes });

/** A number of its own choice, in a box that the receiver can open. */
const secretOf =
  (scalar: bigint): Change =>
  (world, sent, receiver) => {
    const { payload: _, ...header } = sent.envelope;
    const to = world.custody.parties.find(({ client }) => client.name === receiver);
    if (!to) throw new Error('nobody of that name');
    const box = sealPrivate(to.party.identity.exchangeKey, header, scalarBytes(scalar));
    return retold(world, sent, { payload: box });
  };

const point = pointHex(commitTo(7n));
const lie = payload({ transcript: 'ab'.repeat(32) });

/** A polynomial of a higher degree, promised as well as shown: it would change who can sign. */
const tooMany: Rounds = {
  [keyLifeRpc.refreshReveal.path]: (world, sent) => {
    const { nonce } = refreshPromise.parse(sent.envelope.payload);
    const shown = { coefficients: [point, point] };
    const commitment = refreshCommitment(sent.envelope.ceremony, TAKEN, nonce, shown);
    return retold(world, sent, { payload: { commitment } });
  },
  [keyLifeRpc.refreshDeal.path]: payload({ coefficients: [point, point] }),
};

const refreshing = (name: string, says: string, rounds: Rounds): TakenAttack => ({
  name: `in a refresh, ${name}`,
  says: [says],
  strike: async (world) => [await attempt(world, 'refresh', keyRefreshIntent(), rounds)],
});

let vaults = 1;
const making = (name: string, says: string, rounds: Rounds): TakenAttack => ({
  name: `in a key ceremony, ${name}`,
  says: [says, ''],
  // A party may store what it has not confirmed; nothing of it is of use to anybody.
  hasGenuinePart: true,
  strike: async (world) => {
    vaults += 1;
    const intent = keyCeremonyIntent(`key-${vaults}`, `warm-${vaults}`);
    const answer = await attempt(world, 'ceremony', intent, rounds);
    return [answer, usableOf(world, `key-${vaults}`)];
  },
});

/** Honest parties at which a key is of use. */
const usableOf = ({ control, third }: TakenWorld, key: string): string =>
  [control, third]
    .filter(({ party }) =>
      party.database.one("select 1 as n from keys where key = ? and state = 'usable'", key),
    )
    .map(({ client }) => client.name)
    .join();

/** The bytes of all shares of the third party are gone. */
export function loseThird({ third }: TakenWorld): void {
  const { party } = third;
  party.database.run('update keys set sealed = zeroblob(length(sealed))');
  party.register = null;
  party.shares.clear();
}

const repairIntent = (): Intent => keyRepairIntent('recovery', ['control', TAKEN]);

const repairing = (name: string, says: string, rounds: Rounds): TakenAttack => ({
  name: `as a helper in a repair, ${name}`,
  says: [says],
  hasGenuinePart: true,
  strike: async (world) => {
    loseThird(world);
    const answer = await attempt(world, 'repair', repairIntent(), rounds);
    const bundle = world.custody.organisation.bundle(repairIntent());
    must(await runKeyRepair(clientsOf(world), bundle));
    return [answer];
  },
});

type Begins = typeof rpc.refreshBegin | typeof rpc.repairBegin | typeof rpc.backupBegin;

/** Asks both honest parties to begin, with nothing but a raise. */
async function beginUnstated(
  { custody, control, third }: TakenWorld,
  method: Begins,
  intent: Intent,
): Promise<string[]> {
  const statements = [custody.organisation.say('raisa', 'raise', intent)];
  const answers: string[] = [];
  for (const { client } of [control, third]) {
    const begun = await client.call<unknown, unknown>(method, { bundle: { intent, statements } });
    // A share that is there needs no repair, whoever asks.
    const isHeld = begun.ok && keyLifeRpc.repairBegin.answer.safeParse(begun.value).data?.state;
    answers.push(isHeld === 'held' ? 'held' : said(begun));
  }
  return answers;
}

const unstated = (
  name: string,
  method: Begins,
  intentOf: () => Intent,
  third = 'own-group-missing',
): TakenAttack => ({
  name: `${name}, which only its raiser stated`,
  says: ['own-group-missing', third],
  strike: (world) => beginUnstated(world, method, intentOf()),
});

export const attacksOnKeys: readonly TakenAttack[] = [
  unstated('a refresh', rpc.refreshBegin, keyRefreshIntent),
  unstated('a repair of a share that is still there', rpc.repairBegin, repairIntent, 'held'),
  {
    name: 'a repair of the share that the third party lost, which only its raiser stated',
    says: ['own-group-missing', 'own-group-missing'],
    hasGenuinePart: true,
    strike: async (world) => {
      loseThird(world);
      const answers = await beginUnstated(world, rpc.repairBegin, repairIntent());
      const bundle = world.custody.organisation.bundle(repairIntent());
      must(await runKeyRepair(clientsOf(world), bundle));
      return answers;
    },
  },
  unstated('a repair of its own share', rpc.repairBegin, () =>
    keyRepairIntent(TAKEN, ['control', 'recovery']),
  ),
  unstated('a backup', rpc.backupBegin, keyBackupIntent),
  refreshing('a share that does not fit', 'refresh-share-invalid: custody', {
    [keyLifeRpc.refreshFinish.path]: secretOf(7n),
  }),
  refreshing(
    'a polynomial that would change who can sign',
    'refresh-commitment-unsound: custody',
    tooMany,
  ),
  refreshing('another package than it promised', 'refresh-commitment-broken: custody', {
    [keyLifeRpc.refreshDeal.path]: payload({ coefficients: [point] }),
  }),
  refreshing('another story than the others saw', 'refresh-equivocation', {
    [keyLifeRpc.refreshProve.path]: lie,
  }),
  refreshing('a new share that does not sign', 'refresh-proof-invalid: custody', {
    [keyLifeRpc.refreshConfirm.path]: payload({ share: `05${'00'.repeat(31)}` }),
  }),
  making('a share that does not fit', 'ceremony-share-invalid: custody', {
    [rpc.ceremonyFinish.path]: secretOf(7n),
  }),
  making('another package than it promised', 'ceremony-commitment-broken: custody', {
    [rpc.ceremonyDeal.path]: payload({ coefficients: [point, point] }),
  }),
  making('another story than the others saw', 'ceremony-equivocation', {
    [rpc.ceremonyConfirm.path]: lie,
  }),
  repairing('a part that is not the one it showed', 'repair-delta-invalid: custody', {
    [keyLifeRpc.repairSum.path]: secretOf(7n),
  }),
  repairing('a sum that its parts do not add up to', 'repair-sigma-invalid: custody', {
    [keyLifeRpc.repairFinish.path]: secretOf(7n),
  }),
  repairing('parts of nothing that it holds', 'repair-commitment-unsound: custody', {
    [keyLifeRpc.repairEcho.path]: payload({ deltas: [point, point] }),
  }),
  {
    name: 'the sum by which the third party gets its share back, opened on the way',
    says: ['1 sealed', 'unreadable'],
    hasGenuinePart: true,
    strike: async (world) => {
      loseThird(world);
      const seen: SignedEnvelope[] = [];
      const clients = clientsOf(world).map((client): PartyClient => ({
        ...client,
        call: (method, request) => {
          if (method.path === keyLifeRpc.repairFinish.path) {
            const { envelopes } = keyLifeRpc.repairFinish.request.parse(request);
            seen.push(...envelopes.map((one) => signedEnvelope.parse(one)));
          }
          return client.call(method, request);
        },
      }));
      const bundle = world.custody.organisation.bundle(repairIntent());
      must(await runKeyRepair(clients, bundle));
      const sums = seen.filter(({ envelope }) => envelope.from === 'control');
      const { identity } = world.taken.party;
      const opened = sums.map(({ envelope: { payload: sealed, ...header } }) => {
        const box = privatePayload.parse(sealed);
        return openPrivate(identity.exchangeKey, identity.agreementKey, header, box);
      });
      return [`${sums.length} sealed`, ...opened.map((bytes) => (bytes ? 'read' : 'unreadable'))];
    },
  },
];
