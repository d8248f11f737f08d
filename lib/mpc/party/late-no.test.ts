import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKeyCeremony, type CeremonyRound } from '../client/key-ceremony.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { keyCeremonyIntent, withdrawalIntent } from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { findKey } from './store/keys.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';

describe('a no that arrives while something is in progress', () => {
  let custody: LocalCustody;
  let vault: Vault;

  beforeAll(async () => {
    custody = openLocalCustody();
    vault = await openLocalVault(custody);
  });
  afterAll(() => custody.remove());

  const quorum = ['control', 'custody'];
  const [CONTROL, CUSTODY] = [0, 1] as const;

  function newWork(intent = withdrawalIntent(vault.destination), attempt = 1) {
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const transaction = { chain, message: encodeBase64url(message) };
    return { intent, bundle: custody.organisation.bundle(intent, { attempt }), transaction };
  }
  type Work = ReturnType<typeof newWork>;

  async function open({ bundle, transaction }: Work, at: 0 | 1) {
    const { client } = custody.parties[at];
    const value = must(await client.call(rpc.signBegin, { bundle, transaction, quorum }));
    if (value.state !== 'open') throw new Error(value.state);
    return value;
  }
  const share = (at: 0 | 1, session: string, envelopes: unknown[]) =>
    custody.parties[at].client.call(rpc.signShare, { session, envelopes });

  /** Shows a party the raise and a rejection, as a person at its own origin or a fair relay would. */
  async function sayNo(bundle: OperationBundle, at: 0 | 1 | 2, attempt = 1) {
    const no = custody.organisation.say('adam', 'reject', bundle.intent, { attempt });
    const statements = [...bundle.statements.slice(0, 1), no];
    const { transaction } = newWork();
    const request = { bundle: { intent: bundle.intent, statements }, transaction, quorum };
    expect(await custody.parties[at].client.call(rpc.signBegin, request)).toMatchObject({
      refusal: 'rejected-by-person',
    });
  }

  test('a rejection between the decision and the share closes the session, and no share leaves', async () => {
    const work = newWork();
    const [control, other] = [await open(work, CONTROL), await open(work, CUSTODY)];
    await sayNo(work.bundle, CONTROL);
    expect(await share(CONTROL, control.session, [other.envelope])).toMatchObject({
      refusal: 'session-unknown',
    });
    expect([...custody.parties[CONTROL].party.sessions.keys()]).not.toContain(control.session);
    const { client } = custody.parties[CONTROL];
    const { bundle, transaction } = work;
    expect(await client.call(rpc.signBegin, { bundle, transaction, quorum })).toMatchObject({
      refusal: 'attempt-ended',
    });
  });

  test('a later attempt that was decided ends the sessions of the ones before', async () => {
    const work = newWork();
    const [control, other] = [await open(work, CONTROL), await open(work, CUSTODY)];
    await open(newWork(work.intent, 2), CONTROL);
    expect(await share(CONTROL, control.session, [other.envelope])).toMatchObject({
      refusal: 'attempt-ended',
    });
  });

  test('a share that has left stays finished: the signature may exist whatever is said after', async () => {
    const work = newWork();
    const [control, other] = [await open(work, CONTROL), await open(work, CUSTODY)];
    must(await share(CONTROL, control.session, [other.envelope]));
    const theirs = must(await share(CUSTODY, other.session, [control.envelope]));
    await sayNo(work.bundle, CONTROL);
    must(
      await custody.parties[CONTROL].client.call(rpc.signFinish, {
        session: control.session,
        envelopes: [theirs.envelope],
      }),
    );
  });

  test.each<CeremonyRound>(['reveal', 'deal', 'finish', 'confirm'])(
    'a rejection before the round "%s" of a key ceremony leaves no key anywhere',
    async (stopped) => {
      const bundle = custody.organisation.bundle(
        keyCeremonyIntent(`key-${stopped}`, `vault-${stopped}`),
      );
      const clients = custody.parties.map(({ client }) => client);
      const outcome = await runKeyCeremony(clients, bundle, {
        onRound: async (round) => {
          if (round !== stopped) return;
          for (const at of [0, 1, 2] as const) await sayNo(bundle, at);
        },
      });
      expect(outcome).toMatchObject({ refusal: 'attempt-ended' });
      for (const { party } of custody.parties)
        expect(findKey(party.database, `key-${stopped}`)?.state ?? 'unconfirmed').toBe(
          'unconfirmed',
        );
    },
  );

  test('a person who speaks elsewhere stops nothing here', async () => {
    const work = newWork();
    const [control, other] = [await open(work, CONTROL), await open(work, CUSTODY)];
    await sayNo(newWork().bundle, CONTROL);
    must(await share(CONTROL, control.session, [other.envelope]));
  });
});
