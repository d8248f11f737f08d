import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import {
  keyCeremonyIntent,
  rosterChangeIntent,
  withdrawalIntent,
} from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { rpc } from '../wire/rpc.ts';
import { findAuditBreak } from './store/audit.ts';

describe('a signing party among hostile messages', () => {
  let custody: LocalCustody;
  let vault: Vault;

  beforeAll(async () => {
    custody = openLocalCustody();
    vault = await openLocalVault(custody);
  });
  afterAll(() => custody.remove());

  type Work = {
    bundle: OperationBundle;
    transaction: { chain: string; message: string };
    raw: { chain: string; message: Uint8Array };
  };

  function newWork(
    intent = withdrawalIntent(vault.destination),
    raw = transferFor(vault, intent, randomNonce()),
    attempt = 1,
  ): Work {
    const transaction = { chain: raw.chain, message: encodeBase64url(raw.message) };
    return { bundle: custody.organisation.bundle(intent, { attempt }), transaction, raw };
  }
  const sign = ({ bundle, raw }: Work) =>
    signTransaction({
      clients: custody.parties.slice(0, 2).map(({ client }) => client),
      bundle,
      transaction: raw,
    });

  const quorum = ['control', 'custody'];
  const [CONTROL, CUSTODY] = [0, 1] as const;

  async function open(work: Work, at: 0 | 1) {
    const { client } = custody.parties[at];
    const { bundle, transaction } = work;
    const value = must(await client.call(rpc.signBegin, { bundle, transaction, quorum }));
    if (value.state !== 'open') throw new Error(value.state);
    return value;
  }
  async function openBoth(work: Work) {
    return { control: await open(work, CONTROL), custody: await open(work, CUSTODY) };
  }
  const share = (at: 0 | 1, session: string, envelopes: unknown[]) =>
    custody.parties[at].client.call(rpc.signShare, { session, envelopes });
  const finish = (at: 0 | 1, session: string, envelopes: unknown[]) =>
    custody.parties[at].client.call(rpc.signFinish, { session, envelopes });
  /** Custody's own signature under changed contents: custody in hostile hands. */
  const resealed = ({ envelope }: SignedEnvelope, changes: object) => {
    const { payload, ...header } = { ...envelope, ...changes };
    return sealEnvelope(custody.parties[CUSTODY].party.identity, header, payload);
  };

  test('a bad share names its signer, no signature comes out and the session is over', async () => {
    const work = newWork();
    const both = await openBoth(work);
    must(await share(CONTROL, both.control.session, [both.custody.envelope]));
    const theirs = must(await share(CUSTODY, both.custody.session, [both.control.envelope]));
    const bad = resealed(theirs.envelope, { payload: { shares: ['01' + '00'.repeat(31)] } });
    expect(await finish(CONTROL, both.control.session, [bad])).toMatchObject({
      refusal: 'share-invalid',
      culprit: 'custody',
    });
    expect(await finish(CONTROL, both.control.session, [theirs.envelope])).toMatchObject({
      refusal: 'session-unknown',
    });
    const clients = custody.parties.slice(0, 2).map(({ client }) => client);
    must(await signTransaction({ clients, bundle: work.bundle, transaction: work.raw }));
  });

  test('a nonce commitment that is no point names its sender and burns the session', async () => {
    const both = await openBoth(newWork());
    const { payload: said } = both.custody.envelope.envelope;
    const [pair] = said['commitments'] as { hiding: string; binding: string }[];
    const payload = { ...said, commitments: [{ ...pair, hiding: '00'.repeat(32) }] };
    const bad = resealed(both.custody.envelope, { payload });
    expect(await share(CONTROL, both.control.session, [bad])).toMatchObject({
      refusal: 'commitment-invalid',
      culprit: 'custody',
    });
    expect(await share(CONTROL, both.control.session, [both.custody.envelope])).toMatchObject({
      refusal: 'session-unknown',
    });
  });

  test('a session gives one share, whatever is asked of it', async () => {
    const both = await openBoth(newWork());
    must(await share(CONTROL, both.control.session, [both.custody.envelope]));
    expect(await share(CONTROL, both.control.session, [both.custody.envelope])).toMatchObject({
      refusal: 'session-out-of-step',
    });
  });

  test('messages of other operations, sessions, keys, rounds and roles are refused by name', async () => {
    const work = newWork();
    const elsewhere = await openBoth(newWork());
    const both = await openBoth(work);
    const ask = async (envelopes: unknown[]) => {
      const answer = await share(CONTROL, both.control.session, envelopes);
      return answer.ok ? 'shared' : answer.refusal;
    };
    const fair = both.custody.envelope;
    expect(await ask([elsewhere.custody.envelope])).toBe('envelope-foreign-ceremony');
    expect(await ask([resealed(fair, { key: 'key-other' })])).toBe('envelope-foreign-key');
    expect(await ask([resealed(fair, { epoch: 2 })])).toBe('envelope-wrong-epoch');
    expect(await ask([resealed(fair, { round: 2, seq: 1 })])).toBe('envelope-wrong-round');
    expect(await ask([resealed(fair, { to: 'control' })])).toBe('envelope-misaddressed');
    expect(await ask([both.control.envelope])).toBe('envelope-foreign-sender');
    expect(await ask([fair, fair])).toBe('envelope-duplicate');
    expect(await ask([])).toBe('envelope-missing');
    expect(await ask([{ ...fair, signature: '00'.repeat(64) }])).toBe('envelope-unauthentic');
    expect(await ask([fair])).toBe('shared');
    const theirs = must(await share(CUSTODY, both.custody.session, [both.control.envelope]));
    const again = await openBoth(work);
    must(await share(CONTROL, again.control.session, [again.custody.envelope]));
    expect(await finish(CONTROL, again.control.session, [theirs.envelope])).toMatchObject({
      refusal: 'envelope-foreign-ceremony',
    });
  });

  test('every session has nonces of its own, and a new one ends the session before', async () => {
    const work = newWork();
    const seen = new Set<unknown>();
    const first = await open(work, CONTROL);
    for (let round = 0; round < 20; round += 1) {
      const { envelope } = await open(work, CONTROL);
      for (const { hiding, binding } of envelope.envelope.payload['commitments'] as {
        hiding: string;
        binding: string;
      }[])
        seen.add(hiding).add(binding);
    }
    expect(seen.size).toBe(40);
    expect(await share(CONTROL, first.session, [])).toMatchObject({ refusal: 'session-unknown' });
  });

  test('a session times out and takes its nonces with it', async () => {
    const both = await openBoth(newWork());
    custody.clock.ahead = 61_000;
    expect(await share(CONTROL, both.control.session, [both.custody.envelope])).toMatchObject({
      refusal: 'session-unknown',
    });
    custody.clock.ahead = 0;
    expect([...custody.parties[CONTROL].party.sessions.keys()]).not.toContain(both.control.session);
  });

  test('a party that the rule does not ask for gets a share of none of the others, so it can’t have each sign something else', async () => {
    const { bundle, transaction } = newWork();
    for (const [at, name] of [
      [CONTROL, 'control'],
      [CUSTODY, 'custody'],
    ] as const) {
      const asked = { bundle, transaction, quorum: [name, 'recovery'] };
      expect(await custody.parties[at].client.call(rpc.signBegin, asked)).toMatchObject({
        refusal: 'signer-group-not-needed',
      });
    }
  });

  test('only a quorum of the key can be asked, this party among it', async () => {
    const { bundle, transaction } = newWork();
    const { client } = custody.parties[CONTROL];
    for (const [names, refusal] of [
      [['custody', 'recovery'], 'signer-group-not-needed'],
      [['control', 'custody', 'recovery'], 'signer-group-not-needed'],
      [['custody', 'custody'], 'quorum-unsound'],
      [['control', 'control'], 'quorum-unsound'],
      [['control', 'stranger'], 'quorum-unsound'],
    ] as const)
      expect(
        await client.call(rpc.signBegin, { bundle, transaction, quorum: [...names] }),
      ).toMatchObject({ refusal });
  });

  test('no share leaves when the tie can not be written', async () => {
    const both = await openBoth(newWork());
    const { database } = custody.parties[CONTROL].party;
    database.run(
      "create trigger no_tie before insert on ties begin select raise(abort, 'disk'); end",
    );
    await expect(share(CONTROL, both.control.session, [both.custody.envelope])).rejects.toThrow(
      'disk',
    );
    database.run('drop trigger no_tie');
    expect(await share(CONTROL, both.control.session, [both.custody.envelope])).toMatchObject({
      refusal: 'session-unknown',
    });
  });

  test('no nonces are promised when the decision can not be written', async () => {
    const { bundle, transaction } = newWork();
    const { client, party } = custody.parties[CONTROL];
    party.database.run(
      "create trigger no_decision before insert on operations begin select raise(abort, 'disk'); end",
    );
    const before = party.sessions.size;
    await expect(client.call(rpc.signBegin, { bundle, transaction, quorum })).rejects.toThrow(
      'disk',
    );
    expect(party.sessions.size).toBe(before);
    party.database.run('drop trigger no_decision');
  });

  test('an operation that was begun with one transaction at one party and another at the other goes on', async () => {
    const intent = withdrawalIntent(vault.destination);
    await open(newWork(intent), CONTROL);
    await open(newWork(intent), CUSTODY);
    must(await sign(newWork(intent)));
    const later = newWork(withdrawalIntent(vault.destination));
    await open(later, CONTROL);
    const { intent: same } = later.bundle;
    await open(newWork(same), CUSTODY);
    must(await sign(newWork(same, undefined, 2)));
  });

  test('of two transactions begun for one operation one gets a share, whichever is asked first', async () => {
    const intent = withdrawalIntent(vault.destination);
    const [first, second] = [newWork(intent), newWork(intent)];
    const early = await openBoth(first);
    const late = await openBoth(second);
    must(await share(CONTROL, late.control.session, [late.custody.envelope]));
    expect(await share(CONTROL, early.control.session, [early.custody.envelope])).toMatchObject({
      refusal: 'transaction-does-not-conflict',
    });
    expect(await sign(first)).toMatchObject({
      refusal: 'transaction-does-not-conflict',
      party: 'control',
    });
    must(await sign(second));
    expect(await sign(newWork(intent, first.raw, 2))).toMatchObject({
      refusal: 'transaction-does-not-conflict',
    });
  });

  test('one transaction never serves two operations', async () => {
    const [one, two] = [withdrawalIntent(vault.destination), withdrawalIntent(vault.destination)];
    const raw = transferFor(vault, one, randomNonce());
    const both = [newWork(one, raw), newWork(two, raw)] as const;
    const racing = await openBoth(both[1]);
    must(await sign(both[0]));
    // Begun before the other was tied: no share leaves all the same.
    expect(await share(CONTROL, racing.control.session, [racing.custody.envelope])).toMatchObject({
      refusal: 'transaction-of-another-operation',
    });
    expect(await sign(both[1])).toMatchObject({ refusal: 'transaction-of-another-operation' });
    must(await sign(both[0]));
    must(await sign(newWork(two)));
  });

  test('a second session for the same transaction shares again under the same tie', async () => {
    const work = newWork();
    const both = await openBoth(work);
    must(await share(CONTROL, both.control.session, [both.custody.envelope]));
    const again = await openBoth(work);
    must(await share(CONTROL, again.control.session, [again.custody.envelope]));
    const { database } = custody.parties[CONTROL].party;
    const { operation } = work.bundle.intent;
    expect(
      database.all('select conflict_key from ties where operation = ?', operation),
    ).toHaveLength(1);
  });

  test('a finished signature can be settled only where a share was released, and only if it verifies', async () => {
    const work = newWork();
    const { operation } = work.bundle.intent;
    const { message } = work.transaction;
    const { client } = custody.parties[CUSTODY];
    const settle = (signature: string) =>
      client.call(rpc.signSettle, { operation, message, signatures: [signature] });
    expect(await settle('00'.repeat(64))).toMatchObject({ refusal: 'nothing-to-settle' });
    const both = await openBoth(work);
    expect(await settle('00'.repeat(64))).toMatchObject({ refusal: 'nothing-to-settle' });
    must(await share(CONTROL, both.control.session, [both.custody.envelope]));
    const theirs = must(await share(CUSTODY, both.custody.session, [both.control.envelope]));
    const signed = must(await finish(CONTROL, both.control.session, [theirs.envelope]));
    expect(await settle('00'.repeat(64))).toMatchObject({ refusal: 'final-signature-invalid' });
    expect(must(await settle(signed.signatures[0] ?? ''))).toEqual(signed);
    const again = must(
      await client.call(rpc.signBegin, {
        bundle: work.bundle,
        transaction: work.transaction,
        quorum,
      }),
    );
    expect(again).toEqual(signed);
  });

  test('an operation known with one intent is refused with another', async () => {
    const work = newWork();
    const both = await openBoth(work);
    must(await share(CONTROL, both.control.session, [both.custody.envelope]));
    const { operation } = work.bundle.intent;
    const nonce = randomNonce();
    const first = { ...withdrawalIntent(vault.destination, '7'), operation };
    const { client, party } = custody.parties[CONTROL];
    const ask = (intent: typeof first) => {
      const raw = transferFor(vault, intent, nonce);
      return client.call(rpc.signBegin, {
        bundle: custody.organisation.bundle(intent),
        transaction: { chain: raw.chain, message: encodeBase64url(raw.message) },
        quorum,
      });
    };
    expect(await ask(first)).toMatchObject({ refusal: 'transaction-does-not-conflict' });
    // Even where nothing else stands in the way, one operation has one content.
    party.database.run('delete from ties where operation = ?', operation);
    expect(await ask(first)).toMatchObject({ refusal: 'operation-has-another-intent' });
  });

  test('a highest fee above the chain’s bound is refused, although everybody stated it', async () => {
    const stated = { ...withdrawalIntent(vault.destination), highestFee: '10001' };
    expect(await sign(newWork(stated))).toMatchObject({ refusal: 'fee-bound-too-high' });
    const again = { ...withdrawalIntent(vault.destination), highestFee: '10000' };
    expect(await sign(newWork(again))).toMatchObject({ ok: true });
  });

  test('a key ceremony for the vault of a usable key is refused', async () => {
    const clients = custody.parties.map(({ client }) => client);
    const other = custody.organisation.bundle(keyCeremonyIntent('key-warm-2', 'warm-1'));
    expect(await runKeyCeremony(clients, other)).toMatchObject({ refusal: 'vault-exists' });
  });

  test('a roster adopted between decision and share ends the session', async () => {
    const both = await openBoth(newWork());
    const { client } = custody.parties[CONTROL];
    const change = rosterChangeIntent(custody.organisation.roster);
    must(await adopt(client, custody.organisation.bundle(change)));
    expect(await share(CONTROL, both.control.session, [both.custody.envelope])).toMatchObject({
      refusal: 'trust-changed',
    });
  });

  test('parties that do not hold the same roster stop each other before a share leaves', async () => {
    const both = await openBoth(newWork());
    const request = [both.custody.envelope];
    expect(await share(CONTROL, both.control.session, request)).toMatchObject({
      refusal: 'trust-heads-differ',
      culprit: 'custody',
    });
  });

  test("every party's own record is an unbroken chain", () => {
    for (const { party } of custody.parties) expect(findAuditBreak(party.database)).toBeNull();
    const { database } = custody.parties[CONTROL].party;
    database.run('update audit set operation = ? where seq = 3', randomAddress());
    expect(findAuditBreak(database)).toBe(3);
  });
});
