import { verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partyStatus, type PartyClient } from '../client/party-client.ts';
import { runKeyCeremony, type CeremonyRound } from '../client/key-ceremony.ts';
import { signTransaction, type SigningRound } from '../client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
  only,
} from '../testing/custody.ts';
import { keyCeremonyIntent, withdrawalIntent } from '../testing/organisation.ts';
import type { PartyProcess } from '../testing/party-process.ts';
import { publicKey as keyObject } from '../wire/identity.ts';
import { signingCommitment } from '../wire/payloads.ts';
import { rpc, type RpcMethod } from '../wire/rpc.ts';
import { ed25519Suite } from '../frost/suite.ts';

/** Runs an action at one round, the first time only. */
function once<R>(round: R, action: () => Promise<void>): (reached: R) => Promise<void> {
  let done = false;
  return async (reached) => {
    if (done || reached !== round) return;
    done = true;
    await action();
  };
}

async function restart(party: PartyProcess): Promise<void> {
  await party.kill();
  await party.start();
}

describe('parties killed at any point of a key ceremony', () => {
  let custody: Custody;

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
  });
  afterAll(() => removeAll(custody));

  const usable = async () =>
    Promise.all(
      custody.parties.map(async ({ client }) =>
        must(await partyStatus(client))
          .keys.filter((key) => key.usable)
          .map((key) => key.key),
      ),
    );

  const rounds: CeremonyRound[] = ['reveal', 'deal', 'finish', 'confirm'];
  test.each(rounds)(
    'killed before %s: nothing is usable, and a repeat makes the key',
    async (round) => {
      const [, , recovery] = custody.parties as [PartyProcess, PartyProcess, PartyProcess];
      const clients = custody.parties.map(({ client }) => client);
      const bundle = custody.organisation.bundle(
        keyCeremonyIntent(`key-${round}`, `vault-${round}`),
      );
      const before = await usable();
      const stopped = await runKeyCeremony(clients, bundle, {
        onRound: once(round, () => recovery.kill()),
      });
      expect(stopped).toMatchObject({ ok: false, refusal: 'party-unreachable', party: 'recovery' });
      await recovery.start();
      expect(await usable()).toEqual(before);
      const { publicKey } = must(await runKeyCeremony(clients, bundle));
      expect(must(await runKeyCeremony(clients, bundle)).publicKey).toBe(publicKey);
      expect((await usable()).flat().filter((key) => key === `key-${round}`)).toHaveLength(3);
    },
  );

  test('killed before activating: the others may use the key, and a repeat ends at the same one', async () => {
    const [, , recovery] = custody.parties as [PartyProcess, PartyProcess, PartyProcess];
    const clients = custody.parties.map(({ client }) => client);
    const bundle = custody.organisation.bundle(keyCeremonyIntent('key-late', 'vault-late'));
    const stopped = await runKeyCeremony(clients, bundle, {
      onRound: once<CeremonyRound>('activate', () => recovery.kill()),
    });
    expect(stopped).toMatchObject({ ok: false, party: 'recovery' });
    await recovery.start();
    const [control, , late] = await Promise.all(clients.map(partyStatus));
    if (!control || !late) throw new Error('missing');
    const find = (answer: typeof control) =>
      must(answer).keys.find(({ key }) => key === 'key-late');
    expect(find(control)?.usable).toBe(true);
    expect(find(late)?.usable).toBe(false);
    const { publicKey } = must(await runKeyCeremony(clients, bundle));
    expect(publicKey).toBe(find(control)?.publicKey);
  });

  test('a party restarted in the middle is noticed, and the ceremony begins again by itself', async () => {
    const [, middle] = custody.parties as [PartyProcess, PartyProcess];
    const clients = custody.parties.map(({ client }) => client);
    const bundle = custody.organisation.bundle(keyCeremonyIntent('key-again', 'vault-again'));
    must(
      await runKeyCeremony(clients, bundle, {
        onRound: once<CeremonyRound>('finish', () => restart(middle)),
      }),
    );
  });
});

describe('parties killed at any point of a signature', () => {
  let custody: Custody;
  let vault: Vault;

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    vault = await openVault(custody);
  });
  afterAll(() => removeAll(custody));

  const signers = () => custody.parties.slice(0, 2) as [PartyProcess, PartyProcess];

  function newWork() {
    const intent = withdrawalIntent(vault.destination);
    return {
      bundle: custody.organisation.bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
    };
  }

  /** Passes everything on and keeps each commitment that a party promises. */
  function watched({ client }: PartyProcess, seen: string[]): PartyClient {
    const call = async <Q, A>(method: RpcMethod<Q, A>, request: Q) => {
      const answer = await client.call(method, request);
      if (method.path === rpc.signBegin.path && answer.ok) {
        const begun = rpc.signBegin.answer.parse(answer.value);
        if (begun.state === 'open') {
          const { commitments } = signingCommitment(ed25519Suite).parse(
            begun.envelope.envelope.payload,
          );
          for (const { hiding, binding } of commitments) seen.push(hiding, binding);
        }
      }
      return answer;
    };
    return { ...client, call };
  }

  const isGenuine = (message: Uint8Array, signature: Uint8Array): boolean =>
    verify(null, message, keyObject('Ed25519', vault.publicKey), signature);

  const rounds: SigningRound[] = ['share', 'finish'];
  test.each(rounds)(
    'restarted before %s: a new session with new nonces signs the same',
    async (round) => {
      const work = newWork();
      const seen: string[] = [];
      for (const victim of signers()) {
        const again = newWork();
        const signed = must(
          await signTransaction({
            ...again,
            clients: signers().map((party) => watched(party, seen)),
            onRound: once(round, () => restart(victim)),
          }),
        );
        expect(isGenuine(again.transaction.message, only(signed.signatures))).toBe(true);
      }
      must(
        await signTransaction({ ...work, clients: signers().map((party) => watched(party, seen)) }),
      );
      expect(seen.length).toBeGreaterThanOrEqual(16);
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  test.each(rounds)(
    'killed before %s and back later: the same transaction is signed then',
    async (round) => {
      const work = newWork();
      const [, victim] = signers();
      const clients = signers().map(({ client }) => client);
      const stopped = await signTransaction({
        ...work,
        clients,
        onRound: once(round, () => victim.kill()),
      });
      expect(stopped).toMatchObject({ ok: false, refusal: 'party-unreachable', party: 'custody' });
      await victim.start();
      const signed = must(await signTransaction({ ...work, clients }));
      expect(isGenuine(work.transaction.message, only(signed.signatures))).toBe(true);
      const other = { ...work, transaction: transferFor(vault, work.bundle.intent, randomNonce()) };
      expect(await signTransaction({ ...other, clients })).toMatchObject({
        refusal: 'transaction-does-not-conflict',
      });
    },
  );

  test('one party finished and the other was killed: both answer the one signature afterwards', async () => {
    const work = newWork();
    const [control, victim] = signers();
    const clients = [control.client, victim.client];
    const cut: PartyClient = {
      ...victim.client,
      call: async (method, request) => {
        if (method.path === rpc.signFinish.path) await victim.kill();
        return victim.client.call(method, request);
      },
    };
    const stopped = await signTransaction({ ...work, clients: [control.client, cut] });
    expect(stopped).toMatchObject({ ok: false, party: 'custody' });
    await victim.start();
    const signed = must(await signTransaction({ ...work, clients }));
    expect(isGenuine(work.transaction.message, only(signed.signatures))).toBe(true);
    await restart(control);
    const fromVictim = must(
      await signTransaction({ ...work, clients: [victim.client, control.client] }),
    );
    expect(only(fromVictim.signatures)).toEqual(only(signed.signatures));
  });

  const refusalOf = (answer: Awaited<ReturnType<typeof signTransaction>>) =>
    answer.ok ? 'signed' : answer.refusal;

  test('killed after deciding, before a share is asked for: the operation is not tied to anything', async () => {
    const work = newWork();
    const parties = signers();
    const clients = parties.map(({ client }) => client);
    const stopped = await signTransaction({
      ...work,
      clients,
      onRound: once<SigningRound>('share', async () => {
        await Promise.all(parties.map((party) => party.kill()));
      }),
    });
    expect(stopped).toMatchObject({ ok: false, refusal: 'party-unreachable' });
    await Promise.all(parties.map((party) => party.start()));
    const other = transferFor(vault, work.bundle.intent, randomNonce());
    const signed = must(await signTransaction({ ...work, transaction: other, clients }));
    expect(isGenuine(other.message, only(signed.signatures))).toBe(true);
  });

  test('killed as soon as its share may be out: it is tied to that transaction, the other party to none', async () => {
    const work = newWork();
    const [control, custodyParty] = signers();
    const clients = [control.client, custodyParty.client];
    const lost: PartyClient = {
      ...control.client,
      call: async (method, request) => {
        const answer = await control.client.call(method, request);
        if (method.path !== rpc.signShare.path) return answer;
        await control.kill();
        throw new Error('The share is lost on its way.');
      },
    };
    const silent: PartyClient = {
      ...custodyParty.client,
      call: (method, request) =>
        method.path === rpc.signShare.path
          ? Promise.resolve({
              ok: false,
              refusal: 'party-timeout',
              party: custodyParty.client.name,
              culprit: null,
            })
          : custodyParty.client.call(method, request),
    };
    await expect(signTransaction({ ...work, clients: [lost, silent] })).rejects.toThrow('lost');
    await control.start();
    const other = transferFor(vault, work.bundle.intent, randomNonce());
    expect(refusalOf(await signTransaction({ ...work, transaction: other, clients }))).toBe(
      'transaction-does-not-conflict',
    );
    const signed = must(await signTransaction({ ...work, clients }));
    expect(isGenuine(work.transaction.message, only(signed.signatures))).toBe(true);
  });

  test('the session of a killed party is gone with its nonces', async () => {
    const { bundle, transaction } = newWork();
    const [control] = signers();
    const message = Buffer.from(transaction.message).toString('base64url');
    const request = {
      bundle,
      transaction: { ...transaction, message },
      quorum: ['control', 'custody'],
    };
    const begun = must(await control.client.call(rpc.signBegin, request));
    if (begun.state !== 'open') throw new Error(begun.state);
    await restart(control);
    expect(
      await control.client.call(rpc.signShare, { session: begun.session, envelopes: [] }),
    ).toMatchObject({ refusal: 'session-unknown' });
  });

  test('a second process on the same data folder does not start', async () => {
    const [control] = signers();
    const clash = control.start();
    await expect(clash).rejects.toThrow('Another process has this data folder open');
  });
});
