/**
 * One changed byte in what a party in hostile hands says and signs, in every field of every message of
 * every round with FROST's keys: it is refused, its sender is named wherever that can be told, nobody
 * else ever is, and nothing comes of it. All positions run with `npm run test:long`.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import type { PartyAnswer, PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { must } from '../testing/custody.ts';
import { openKeyLife, type KeyLife } from '../testing/key-life.ts';
import { drawn, leavesOf, mutating, type Leaf, type Mutation } from '../testing/mutations.ts';
import { everyKey, keyCeremonyIntent, type KeyKind } from '../testing/organisation.ts';
import { tampered, type Tamper } from '../testing/tampering.ts';
import { newWithdrawal } from '../testing/withdraw.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { rpc } from '../wire/rpc.ts';
import { ceremonies } from './ceremony-session.ts';
import { keysOf } from './party.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const SEED = 'frost-mutation/1';
/** Of each of the four protocols, beside one in every field: 2,000 for a suite in full. */
const POSITIONS = isLong ? 500 : 6;
/** Parties keep what they refused, and sessions that were left open: of those at most 64. */
const RUNS_A_WORLD = 50;

/** What may be answered, and whether the sender is named with it. */
type Verdict = Readonly<Record<string, 'named' | 'nobody'>>;
type Round = readonly [path: string, field: string, verdict: Verdict];

const elsewhere: Verdict = { 'envelope-foreign-ceremony': 'nobody' };
const unreadable: Verdict = { 'envelope-unreadable': 'named' };

type Protocol = {
  hostile: string;
  rounds: readonly Round[];
  open: (kind: KeyKind) => Promise<World>;
};
type World = {
  life: KeyLife;
  /** One run in which what the hostile party says goes through the function. */
  run: (tamper: Tamper) => Promise<PartyAnswer<unknown>>;
  /** Nothing came of it. */
  check: (path: string) => Promise<void>;
};

const honest = ({ fragile }: KeyLife) => fragile.custody.parties.slice(0, 2);

const ceremony: Protocol = {
  hostile: 'recovery',
  // What a dealer shows is held against its promise first; lies that keep their promise have tests of their own.
  rounds: [
    [rpc.ceremonyReveal.path, 'nonce', elsewhere],
    [rpc.ceremonyReveal.path, 'commitment', { 'ceremony-commitment-broken': 'named' }],
    [rpc.ceremonyDeal.path, 'coefficients', { 'ceremony-commitment-broken': 'named' }],
    [rpc.ceremonyDeal.path, 'proof', { 'ceremony-commitment-broken': 'named' }],
    [rpc.ceremonyFinish.path, 'ephemeral', unreadable],
    [rpc.ceremonyFinish.path, 'box', unreadable],
    [rpc.ceremonyFinish.path, 'plain', { 'ceremony-share-invalid': 'named' }],
    [rpc.ceremonyConfirm.path, 'transcript', { 'ceremony-equivocation': 'nobody' }],
    [rpc.ceremonyConfirm.path, 'publicKey', { 'ceremony-equivocation': 'nobody' }],
    [rpc.ceremonyActivate.path, 'transcript', { 'ceremony-equivocation': 'named' }],
    [rpc.ceremonyActivate.path, 'publicKey', { 'ceremony-equivocation': 'named' }],
  ],
  open: async (kind) => {
    const life = await openKeyLife(kind);
    const { clients, custody } = life.fragile;
    let made = 0;
    const name = (): string => `key-${made}`;
    return {
      life,
      run: (tamper) => {
        // A party that others left alone waits for them for a while, and takes in only so many.
        for (const { party } of custody.parties) ceremonies.dropAll(party);
        made += 1;
        const intent = keyCeremonyIntent(name(), `vault-${made}`, undefined, kind);
        const bundle = life.organisation.bundle(intent);
        return runKeyCeremony(tampered(clients, ceremony.hostile, tamper), bundle);
      },
      check: async () => {
        for (const { party } of honest(life))
          expect(keysOf(party).find(({ key }) => key === name())?.state).not.toBe('usable');
      },
    };
  },
};

const signing: Protocol = {
  hostile: 'custody',
  rounds: [
    [rpc.signShare.path, 'nonce', elsewhere],
    [
      rpc.signShare.path,
      'commitments',
      // A point that is none is found at once, another point by the share that does not fit it.
      { 'commitment-invalid': 'named', 'share-invalid': 'named' },
    ],
    [rpc.signShare.path, 'trust', { 'trust-heads-differ': 'named' }],
    [rpc.signFinish.path, 'shares', { 'share-invalid': 'named' }],
  ],
  open: async (kind) => {
    const life = await openKeyLife(kind);
    const { organisation, vault, fragile } = life;
    return {
      life,
      run: (tamper) => {
        const quorum: PartyClient[] = fragile.clients.slice(0, 2);
        const clients = tampered(quorum, signing.hostile, tamper);
        return signTransaction({ clients, ...newWithdrawal(kind, { organisation }, vault) });
      },
      check: async () => {
        const { database } = fragile.at(0).party;
        expect(database.all('select 1 from ties where signatures is not null')).toEqual([]);
      },
    };
  },
};

const LOST = 1;
const repair: Protocol = {
  hostile: 'recovery',
  rounds: [
    [keyLifeRpc.repairReveal.path, 'nonce', elsewhere],
    [keyLifeRpc.repairReveal.path, 'word', { 'repair-key-differs': 'named' }],
    [keyLifeRpc.repairEcho.path, 'deltas', { 'repair-commitment-unsound': 'named' }],
    [keyLifeRpc.repairDeal.path, 'transcript', { 'repair-equivocation': 'nobody' }],
    [keyLifeRpc.repairSum.path, 'ephemeral', unreadable],
    [keyLifeRpc.repairSum.path, 'box', unreadable],
    [keyLifeRpc.repairSum.path, 'plain', { 'repair-delta-invalid': 'named' }],
    [keyLifeRpc.repairFinish.path, 'ephemeral', unreadable],
    [keyLifeRpc.repairFinish.path, 'box', unreadable],
    [keyLifeRpc.repairFinish.path, 'plain', { 'repair-sigma-invalid': 'named' }],
  ],
  open: async (kind) => {
    const life = await openKeyLife(kind);
    life.loseShare(LOST);
    return {
      life,
      run: (tamper) =>
        life.repair(
          life.repairBundle(LOST),
          tampered(life.fragile.clients, repair.hostile, tamper),
        ),
      check: async () => expect(await life.stateAt(LOST)).toBe('lost'),
    };
  },
};

/** From here on all have confirmed the next epoch, so it comes in force whatever one of them says. */
const afterwards: ReadonlySet<string> = new Set([
  keyLifeRpc.refreshActivate.path,
  keyLifeRpc.refreshErase.path,
]);

const refresh: Protocol = {
  hostile: 'recovery',
  rounds: [
    [keyLifeRpc.refreshReveal.path, 'nonce', elsewhere],
    [keyLifeRpc.refreshReveal.path, 'commitment', { 'refresh-commitment-broken': 'named' }],
    [keyLifeRpc.refreshReveal.path, 'prepared', { 'refresh-equivocation': 'nobody' }],
    [keyLifeRpc.refreshReveal.path, 'setAside', { 'refresh-equivocation': 'nobody' }],
    [keyLifeRpc.refreshDeal.path, 'coefficients', { 'refresh-commitment-broken': 'named' }],
    [keyLifeRpc.refreshFinish.path, 'ephemeral', unreadable],
    [keyLifeRpc.refreshFinish.path, 'box', unreadable],
    [keyLifeRpc.refreshFinish.path, 'plain', { 'refresh-share-invalid': 'named' }],
    [keyLifeRpc.refreshProve.path, 'transcript', { 'refresh-equivocation': 'nobody' }],
    [keyLifeRpc.refreshProve.path, 'publicKey', { 'refresh-equivocation': 'nobody' }],
    // Another sound point makes another test signature, of which its sender knows nothing.
    [keyLifeRpc.refreshProve.path, 'hiding', { 'commitment-invalid': 'named', ...elsewhere }],
    [keyLifeRpc.refreshProve.path, 'binding', { 'commitment-invalid': 'named', ...elsewhere }],
    [keyLifeRpc.refreshConfirm.path, 'share', { 'refresh-proof-invalid': 'named' }],
    [keyLifeRpc.refreshActivate.path, 'transcript', { 'refresh-equivocation': 'named' }],
    [keyLifeRpc.refreshActivate.path, 'publicKey', { 'refresh-equivocation': 'named' }],
    [keyLifeRpc.refreshErase.path, 'transcript', { 'refresh-equivocation': 'named' }],
    [keyLifeRpc.refreshErase.path, 'publicKey', { 'refresh-equivocation': 'named' }],
  ],
  open: async (kind) => {
    const life = await openKeyLife(kind);
    let epoch = 1;
    let bundle = life.refreshBundle(epoch);
    return {
      life,
      run: async (tamper) => {
        bundle = life.refreshBundle(epoch);
        const clients = tampered(life.fragile.clients, refresh.hostile, tamper);
        const answer = await life.refresh(bundle, undefined, clients);
        if (answer.ok) epoch += 1;
        return answer;
      },
      check: async (path) => {
        if (afterwards.has(path)) {
          must(await life.refresh(bundle));
          epoch += 1;
        }
        for (const place of [0, 1] as const) expect(life.held(place)).toEqual([`${epoch} usable`]);
      },
    };
  },
};

const protocols = { ceremony, signing, repair, refresh };
type Where = { path: string; leaf: Leaf };

describe.each(everyKey)('%s', (_curve, kind) => {
  describe.each(Object.entries(protocols))('%s', (name, protocol) => {
    const { hostile, rounds } = protocol;
    let world: World | null = null;
    let runs = 0;

    async function newWorld(): Promise<World> {
      world?.life.remove();
      return protocol.open(kind);
    }
    afterAll(() => world?.life.remove());

    /** Every field of a fair run, in the order in which the messages come. */
    async function fieldsOfFairRun(): Promise<Where[]> {
      world = await newWorld();
      const seen = new Map<string, Leaf[]>();
      const watch: Tamper = ({ path, sent }) => {
        if (!seen.has(path)) seen.set(path, leavesOf(sent.envelope.payload));
        return [sent];
      };
      must(await world.run(watch));
      return [...seen].flatMap(([path, leaves]) => leaves.map((leaf) => ({ path, leaf })));
    }

    function verdictOn({ path, leaf }: Where): Verdict {
      const found = rounds.find(([of, field]) => of === path && field === leaf[0]);
      if (!found) throw new Error(`Nothing is said of ${path} ${leaf.join('.')}.`);
      // What has no longer the form of the message is its sender's doing, as its signature shows.
      return { ...found[2], 'envelope-malformed': 'named' };
    }

    async function expectRefused(where: Where): Promise<void> {
      if (runs % RUNS_A_WORLD === 0 || !world) world = await newWorld();
      const mutation: Mutation = { ...where, ...drawn(`${SEED} ${name}`, runs) };
      runs += 1;
      const { custody } = world.life.fragile;
      const identityOf = (of: string) => {
        const found = custody.parties.find(({ party }) => party.config.name === of);
        if (!found) throw new Error('There is no such party.');
        return found.party.identity;
      };
      let changes = 0;
      const answer = await world.run(mutating(mutation, identityOf, () => (changes += 1)));
      const what = JSON.stringify(mutation);
      expect(changes, what).toBeGreaterThan(0);
      if (answer.ok) throw new Error(`It was taken: ${what}`);
      const verdict = verdictOn(where);
      expect(Object.keys(verdict), what).toContain(answer.refusal);
      const named = verdict[answer.refusal] === 'named' ? hostile : null;
      expect(answer.culprit, `${answer.refusal} ${what}`).toBe(named);
      await world.check(where.path);
    }

    test('a changed byte is refused in every field, and at places drawn by a seed', async () => {
      const fields = await fieldsOfFairRun();
      const covered = new Set(fields.map(({ path, leaf }) => `${path} ${leaf[0]}`));
      expect(covered).toEqual(new Set(rounds.map(([path, field]) => `${path} ${field}`)));
      for (const field of fields) await expectRefused(field);
      for (let run = 0; run < POSITIONS; run += 1) {
        const field = fields[run % fields.length];
        if (field) await expectRefused(field);
      }
      expect(runs).toBe(fields.length + POSITIONS);
      world = await newWorld();
      must(await world.run(({ sent }) => [sent]));
    }, 3_600_000);
  });
});
