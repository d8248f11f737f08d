import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair } from '../client/key-repair.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import {
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
  withdrawalIntent,
} from '../testing/organisation.ts';
import { signedEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { forgetShare, keysOf } from './party.ts';

/** All envelopes in a request. */
function envelopesIn(request: unknown): SignedEnvelope[] {
  if (typeof request !== 'object' || request === null || !('envelopes' in request)) return [];
  const { envelopes } = request;
  return Array.isArray(envelopes) ? envelopes.map((one) => signedEnvelope.parse(one)) : [];
}

/** For some thousand refused messages on a busy machine, in milliseconds. */
const PATIENCE = 180_000;

describe('messages of one protocol, key, epoch or run', () => {
  let custody: LocalCustody;
  let vault: Vault;
  const seen: SignedEnvelope[] = [];

  const clients = () => custody.parties.map(({ client }) => client);

  /** Keeps everything that a party is handed. */
  const recorded = (client: PartyClient): PartyClient => ({
    ...client,
    call: (method, request) => {
      seen.push(...envelopesIn(request));
      return client.call(method, request);
    },
  });

  /**
   * Offers a party, before each round, everything that was ever said, each in place of every message
   * that belongs there. @returns what it was refused for, by path.
   */
  function pestered(client: PartyClient, refusals: Map<string, Set<string>>): PartyClient {
    return {
      ...client,
      call: async (method, request) => {
        const fair = envelopesIn(request);
        const given = refusals.get(method.path) ?? new Set<string>();
        refusals.set(method.path, given);
        for (const message of fair)
          for (const old of seen) {
            const envelopes = fair.map((one) => (one === message ? old : one));
            const answer = await client.call(method, { ...request, envelopes });
            given.add(answer.ok ? 'taken' : answer.refusal);
          }
        return client.call(method, request);
      },
    };
  }

  const makeKey = (through: readonly PartyClient[], key: string, name: string) =>
    runKeyCeremony(through, custody.organisation.bundle(keyCeremonyIntent(key, name)));
  const refresh = (through: readonly PartyClient[], key: string, epoch: number) =>
    runKeyRefresh(through, custody.organisation.bundle(keyRefreshIntent(epoch, key)));
  /** Recovery lost its share, and control and custody help it. */
  const repair = (through: readonly PartyClient[], key: string, epoch: number) => {
    const { party } = custody.parties[2];
    party.database.run('update keys set sealed = zeroblob(60) where key = ?', key);
    for (const record of keysOf(party)) if (record.key === key) forgetShare(party, record);
    const intent = keyRepairIntent('recovery', ['control', 'custody'], epoch, key);
    return runKeyRepair(through, custody.organisation.bundle(intent));
  };
  const sign = (through: readonly PartyClient[]) => {
    const intent = withdrawalIntent(vault.destination);
    return signTransaction({
      clients: through.slice(0, 2),
      bundle: custody.organisation.bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
    });
  };

  beforeAll(async () => {
    custody = openLocalCustody();
    vault = await openLocalVault(custody);
    const through = clients().map(recorded);
    must(await makeKey(through, 'key-2', 'warm-2'));
    must(await sign(through));
    must(await refresh(through, 'key-2', 1));
    must(await refresh(through, 'key-warm-1', 1));
    must(await refresh(through, 'key-warm-1', 2));
    must(await repair(through, 'key-2', 2));
    must(await repair(through, 'key-warm-1', 3));
    must(await sign(through));
  }, PATIENCE);
  afterAll(() => custody.remove());

  const ofEnvelopes = [
    'envelope-duplicate',
    'envelope-foreign-ceremony',
    'envelope-foreign-key',
    'envelope-foreign-sender',
    'envelope-misaddressed',
    'envelope-wrong-epoch',
    'envelope-wrong-round',
  ];

  test.each([
    ['key ceremony', 5, (through: readonly PartyClient[]) => makeKey(through, 'key-3', 'warm-3')],
    ['key refresh', 7, (through: readonly PartyClient[]) => refresh(through, 'key-warm-1', 3)],
    ['repair', 4, (through: readonly PartyClient[]) => repair(through, 'key-warm-1', 4)],
    ['signature', 2, (through: readonly PartyClient[]) => sign(through)],
  ])(
    'mean nothing in any round of another %s, which goes on',
    async (_, rounds, run) => {
      expect(seen.length).toBeGreaterThan(100);
      const refusals = new Map<string, Set<string>>();
      const [control, ...rest] = clients() as [PartyClient, ...PartyClient[]];
      must<unknown>(await run([pestered(control, refusals), ...rest]));
      const given = [...refusals].filter(([, set]) => set.size > 0);
      expect(given).toHaveLength(rounds);
      for (const [path, set] of given)
        expect([path, [...set].filter((refusal) => !ofEnvelopes.includes(refusal))]).toEqual([
          path,
          [],
        ]);
    },
    PATIENCE,
  );
});
