import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runKeyRefresh } from '../client/key-refresh.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openFragileVault, type FragileCustody, type Place } from '../testing/fragile.ts';
import { keyRefreshIntent, withdrawalIntent } from '../testing/organisation.ts';
import { signedEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { keysOf } from './party.ts';
import type { Row } from './store/database.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
/** How many stories are played; each takes a second or more. */
const RUNS = isLong ? 300 : 6;
const HONEST: readonly Place[] = [0, 1];
const HOSTILE: Place = 2;
const stop = new Error('The relay stops here.');

const action = fc.oneof(
  // A refresh in which only these get as far as to confirm.
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('refresh'), confirm: fc.nat(7) } as const),
  },
  // The hostile party forgets what it confirmed, or remembers what it had at some time.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('forget') } as const) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recall'), at: fc.nat(5) } as const) },
  // One gets all confirmations there are for some run, with or without the words of others.
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('activate'),
      place: fc.constantFrom<Place>(0, 1, 2),
      run: fc.nat(7),
      withWords: fc.boolean(),
    } as const),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), place: fc.nat(1) } as const) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** Three parties, everything that was ever confirmed, and a relay on the side of the hostile one. */
class World {
  readonly fragile: FragileCustody;
  readonly vault: Vault;
  readonly confirmations = new Map<string, Map<string, SignedEnvelope>>();
  readonly words = new Map<string, SignedEnvelope[]>();
  readonly snapshots: Row[][] = [];

  constructor(fragile: FragileCustody, vault: Vault) {
    this.fragile = fragile;
    this.vault = vault;
  }

  used(place: Place) {
    const record = keysOf(this.fragile.at(place).party).find(({ state }) => state === 'usable');
    if (!record) throw new Error('A party always has an epoch in force.');
    return record;
  }

  /** Ceremonies of the second epoch that honest parties have in force. */
  inForce(): string[] {
    return HONEST.map((place) => this.used(place))
      .filter(({ epoch }) => epoch === 2)
      .map(({ ceremony }) => ceremony);
  }

  async refresh(confirm: number): Promise<void> {
    const clients = this.fragile.clients.map((client, place): PartyClient => ({
      ...client,
      call: async (method, request) => {
        const isConfirm = method.path === keyLifeRpc.refreshConfirm.path;
        const no = { ok: false, refusal: 'party-timeout', party: client.name } as const;
        if (isConfirm && ((confirm >> place) & 1) === 0) return { ...no, culprit: null };
        const answer = await client.call(method, request);
        if (isConfirm && answer.ok) {
          const { envelope } = answer.value as { envelope: SignedEnvelope };
          const given = this.confirmations.get(envelope.envelope.ceremony) ?? new Map();
          this.confirmations.set(
            envelope.envelope.ceremony,
            given.set(client.name, signedEnvelope.parse(envelope)),
          );
        }
        return answer;
      },
    }));
    const bundle = this.fragile.custody.organisation.bundle(keyRefreshIntent());
    const onRound = (round: string): void => {
      if (round === 'activate') throw stop;
    };
    await runKeyRefresh(clients, bundle, { onRound }).catch((error: unknown) => {
      if (error !== stop) throw error;
    });
    this.snapshot();
  }

  snapshot(): void {
    const { database } = this.fragile.at(HOSTILE).party;
    this.snapshots.push(
      database.all(`select * from keys where state in ('prepared', 'superseded')`),
    );
  }

  forget(): void {
    const { party } = this.fragile.at(HOSTILE);
    party.database.run(`delete from keys where state in ('prepared', 'superseded')`);
    party.register = null;
  }

  recall(at: number): void {
    const rows = this.snapshots[at] ?? [];
    if (this.used(HOSTILE).epoch !== 1 || rows.length === 0) return;
    this.forget();
    const { party } = this.fragile.at(HOSTILE);
    for (const row of rows) {
      const names = Object.keys(row);
      party.database.run(
        `insert into keys (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
        ...Object.values(row),
      );
    }
    party.register = null;
  }

  async activate(place: Place, ceremony: string, withWords: boolean): Promise<boolean> {
    const client = this.fragile.clients[place];
    const given = this.confirmations.get(ceremony) ?? new Map<string, SignedEnvelope>();
    const notOwn = (all: SignedEnvelope[]): SignedEnvelope[] =>
      all.filter(({ envelope }) => envelope.from !== client.name);
    const answer = await client.call(keyLifeRpc.refreshActivate, {
      key: 'key-warm-1',
      ceremony,
      envelopes: notOwn([...given.values()]),
      words: withWords ? notOwn(this.words.get(ceremony) ?? []) : [],
    });
    if (answer.ok)
      this.words.set(ceremony, [...(this.words.get(ceremony) ?? []), answer.value.envelope]);
    return answer.ok;
  }

  async act(of: Action): Promise<void> {
    if (of.kind === 'refresh') await this.refresh(of.confirm);
    else if (of.kind === 'forget') this.forget();
    else if (of.kind === 'recall') this.recall(of.at);
    else if (of.kind === 'restart') this.fragile.restart(of.place === 0 ? 0 : 1);
    else {
      const ceremony = [...this.confirmations.keys()][of.run];
      if (ceremony !== undefined) await this.activate(of.place, ceremony, of.withWords);
    }
  }

  async sign(): Promise<string> {
    const intent = withdrawalIntent(this.vault.destination);
    const signed = await signTransaction({
      clients: this.fragile.clients.slice(0, 2),
      bundle: this.fragile.custody.organisation.bundle(intent),
      transaction: transferFor(this.vault, intent, randomNonce()),
    });
    return signed.ok ? 'signed' : signed.refusal;
  }
}

async function play(actions: readonly Action[]): Promise<void> {
  const { fragile, vault } = await openFragileVault();
  try {
    const world = new World(fragile, vault);
    for (const of of actions) {
      await world.act(of);
      expect(new Set(world.inForce()).size).toBeLessThanOrEqual(1);
    }
    const [ceremony] = world.inForce();
    // Whoever has it in force hands over what brings the other there.
    if (ceremony !== undefined)
      for (const place of HONEST) expect(await world.activate(place, ceremony, true)).toBe(true);
    expect(await world.sign()).toBe('signed');
  } finally {
    fragile.custody.remove();
  }
}

describe('two honest parties, one hostile, and a relay on its side', () => {
  test(
    'never have two versions of an epoch in force, and can always sign with each other',
    async () => {
      await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), play), {
        numRuns: RUNS,
      });
    },
    RUNS * 30_000,
  );

  test('the way in which one is left behind and brought back is among those that are played', async () => {
    const all = 7;
    const withoutControl = 6;
    await play([
      { kind: 'refresh', confirm: all },
      { kind: 'forget' },
      { kind: 'refresh', confirm: withoutControl },
      { kind: 'activate', place: 0, run: 0, withWords: false },
      { kind: 'activate', place: 1, run: 0, withWords: false },
    ]);
  });
});
