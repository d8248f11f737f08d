import { verify } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { genesisWords } from '#lib/protocol/fingerprints.ts';
import { adopt, offerGenesis, partyStatus } from '../client/party-client.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomAddress,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
  only,
} from '../testing/custody.ts';
import {
  keyCeremonyIntent,
  listingIntent,
  rosterChangeIntent,
  withdrawalIntent,
} from '../testing/organisation.ts';
import { setupCodeOf, type PartyProcess } from '../testing/party-process.ts';
import { publicKey as keyObject } from '../wire/identity.ts';
import { rpc } from '../wire/rpc.ts';

describe('three parties from genesis to a signature', () => {
  let custody: Custody;
  let vault: Vault;
  const signers = (): PartyProcess[] => custody.parties.slice(0, 2);
  const clients = () => signers().map(({ client }) => client);

  beforeAll(async () => {
    custody = await startParties();
  });
  afterAll(() => removeAll(custody));

  test('a party without a pinned genesis refuses everything else', async () => {
    const { organisation } = custody;
    const [party] = custody.parties as [PartyProcess];
    const destination = { id: 'acme-treasury', address: randomAddress() };
    const intent = withdrawalIntent(destination);
    const refusals = await Promise.all([
      adopt(party.client, organisation.bundle(listingIntent(destination))),
      party.client.call(rpc.ceremonyBegin, { bundle: organisation.bundle(keyCeremonyIntent()) }),
      party.client.call(rpc.signBegin, {
        bundle: organisation.bundle(intent),
        transaction: { chain: 'solana:sandbox', message: 'AAAA' },
        quorum: ['control', 'custody'],
      }),
    ]);
    expect(refusals.map((answer) => !answer.ok && answer.refusal)).toEqual([
      'genesis-missing',
      'genesis-missing',
      'genesis-missing',
    ]);
    const later = await party.client.call(rpc.signShare, {
      session: '00'.repeat(32),
      envelopes: [],
    });
    expect(later).toMatchObject({ ok: false, refusal: 'session-unknown' });
  });

  test('a genesis that a founder did not sign, or that names other party keys, is not taken', async () => {
    const { genesis } = custody.organisation;
    const [party] = custody.parties as [PartyProcess];
    const offer = (bundle: typeof genesis) => offerGenesis(party.client, bundle);
    expect(await offer({ ...genesis, statements: genesis.statements.slice(1) })).toMatchObject({
      refusal: 'genesis-incomplete',
    });
    const [first, second, ...rest] = genesis.statements;
    if (!first || !second) throw new Error('missing');
    const swapped = { ...first, assertion: second.assertion };
    expect(await offer({ ...genesis, statements: [swapped, second, ...rest] })).toMatchObject({
      refusal: 'genesis-statement-invalid',
    });
    const changed = structuredClone(genesis);
    const own = changed.document.roster.parties[0];
    if (own) own.identityKey = 'ab'.repeat(32);
    expect(await offer(changed)).toMatchObject({ refusal: 'genesis-party-differs' });
    const production = structuredClone(genesis);
    production.document.environment = 'production';
    expect(await offer(production)).toMatchObject({ refusal: 'wrong-environment' });
    expect(must(await partyStatus(party.client)).offeredGenesisDigest).toBeNull();
  });

  test('the page shows the words of the genesis on offer and pins it with the set-up code only', async () => {
    const { organisation, genesisDigest } = custody;
    const [party] = custody.parties as [PartyProcess];
    expect(must(await offerGenesis(party.client, organisation.genesis))).toEqual({
      genesisDigest,
      pinned: false,
    });
    const page = await (await fetch(party.origin)).text();
    expect(page).toContain(genesisWords(genesisDigest).join(' '));
    expect(page).toContain('Sandbox');
    expect(page).toContain(join(party.data, 'setup-code'));
    expect(page).not.toContain(setupCodeOf(party) ?? 'no code');
    const send = (code: string, headers: Record<string, string> = {}) =>
      fetch(`${party.origin}/pin`, {
        method: 'POST',
        headers: { origin: party.origin, ...headers },
        body: new URLSearchParams({ digest: genesisDigest, code }),
        redirect: 'manual',
      });
    const code = setupCodeOf(party) ?? '';
    expect((await send(code, { origin: 'http://evil.example' })).status).toBe(403);
    await party.kill();
    await party.start();
    const guesses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) guesses.push((await send('0000-0000')).status);
    expect(guesses).toEqual([403, 403, 403, 403, 403, 429]);
    expect(must(await partyStatus(party.client)).genesisDigest).toBeNull();
    // Somebody else's guesses must not keep out whoever holds the code.
    expect((await send(code)).status).toBe(303);
    expect(setupCodeOf(party)).toBeNull();
    expect((await send(code)).status).toBe(409);
    expect(must(await partyStatus(party.client))).toMatchObject({
      genesisDigest,
      rosterVersion: 1,
    });
  });

  test('after every party pinned, the key ceremony ends at one key everywhere', async () => {
    const [, ...others] = custody.parties;
    await holdGenesis({ ...custody, parties: others });
    vault = await openVault(custody);
    for (const party of custody.parties) {
      const status = must(await partyStatus(party.client));
      expect(status.keys).toMatchObject([
        { key: 'key-warm-1', publicKey: vault.publicKey, usable: true, threshold: 2 },
      ]);
      expect(status.destinations).toBe(1);
    }
  });

  test('a second ceremony for the same key by another operation is refused', async () => {
    const again = await runKeyCeremony(
      custody.parties.map(({ client }) => client),
      custody.organisation.bundle(keyCeremonyIntent()),
    );
    expect(again).toMatchObject({ ok: false, refusal: 'key-exists' });
  });

  test('a withdrawal becomes a plain Ed25519 signature, the same whenever asked again', async () => {
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const signed = must(await signTransaction({ clients: clients(), bundle, transaction }));
    expect(signed.publicKey).toBe(vault.publicKey);
    const key = keyObject('Ed25519', vault.publicKey);
    expect(verify(null, transaction.message, key, only(signed.signatures))).toBe(true);
    const again = must(await signTransaction({ clients: clients(), bundle, transaction }));
    expect(only(again.signatures)).toEqual(only(signed.signatures));
  });

  test('an operation has one transaction: no other nonce, and no other fee account, is signed for it', async () => {
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const nonce = randomNonce();
    const sign = (transaction: { chain: string; message: Uint8Array }) =>
      signTransaction({ clients: clients(), bundle, transaction });
    const feePayer = randomAddress();
    const first = must(await sign(transferFor(vault, intent, nonce, feePayer)));
    for (const another of [
      transferFor(vault, intent, randomNonce(), feePayer),
      transferFor(vault, intent, nonce, randomAddress()),
    ])
      expect(await sign(another)).toMatchObject({
        ok: false,
        refusal: 'transaction-does-not-conflict',
      });
    expect(must(await sign(transferFor(vault, intent, nonce, feePayer)))).toEqual(first);
  });

  test('each changed field of an approved withdrawal is refused by name', async () => {
    const intent = withdrawalIntent(vault.destination);
    if (intent.kind !== 'withdrawal') throw new Error('kind');
    const bundle = custody.organisation.bundle(intent);
    const nonce = randomNonce();
    const ask = async (asked: typeof bundle, transaction = transferFor(vault, intent, nonce)) => {
      const answer = await signTransaction({ clients: clients(), bundle: asked, transaction });
      return answer.ok ? 'signed' : answer.refusal;
    };
    const with_ = (changes: Partial<typeof intent>) => ({
      ...bundle,
      intent: { ...intent, ...changes },
    });
    const more = { ...intent, amount: '1500001' };
    expect(await ask(with_({ amount: '1500001' }), transferFor(vault, more, nonce))).toBe(
      'digest-mismatch',
    );
    expect(await ask(bundle, transferFor(vault, more, nonce))).toBe('transaction-amount-differs');
    const elsewhere = {
      ...intent,
      destination: { ...intent.destination, address: randomAddress() },
    };
    expect(await ask(bundle, transferFor(vault, elsewhere, nonce))).toBe(
      'transaction-recipient-differs',
    );
    const otherVault = { ...vault, address: randomAddress() };
    expect(await ask(bundle, transferFor(otherVault, intent, nonce))).toBe(
      'transaction-source-differs',
    );
    const unsigned = { ...bundle, statements: bundle.statements.slice(0, 2) };
    expect(await ask(unsigned)).toBe('statements-incomplete');
    const broken = { chain: 'solana:sandbox', message: new Uint8Array(40) };
    expect(await ask(bundle, broken)).toBe('transaction-undecodable');
    expect(await ask(bundle)).toBe('signed');
  });

  test('a rejection that a party saw stays when it is withheld later', async () => {
    const { organisation } = custody;
    const intent = withdrawalIntent(vault.destination);
    const bundle = organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const no = organisation.say('adam', 'reject', intent);
    const seen = { intent, statements: [...bundle.statements, no] };
    const sign = (asked: typeof bundle) =>
      signTransaction({ clients: clients(), bundle: asked, transaction });
    expect(await sign(seen)).toMatchObject({ refusal: 'rejected-by-person' });
    expect(await sign(bundle)).toMatchObject({ refusal: 'attempt-ended' });
    must(await sign(organisation.bundle(intent, { attempt: 2 })));
  });

  test('a roster change is adopted once, in order, and again only as the same', async () => {
    const { organisation, parties } = custody;
    const [party, second] = parties as [PartyProcess, PartyProcess];
    const change = rosterChangeIntent(organisation.roster);
    const bundle = organisation.bundle(change);
    if (change.kind !== 'roster-change') throw new Error('kind');
    const gap = { ...rosterChangeIntent(change.roster) };
    expect(await adopt(party.client, organisation.bundle(gap))).toMatchObject({
      refusal: 'version-gap',
    });
    const receipt = must(await adopt(party.client, bundle));
    expect(must(await adopt(party.client, bundle))).toEqual(receipt);
    const rival = organisation.bundle(rosterChangeIntent(organisation.roster));
    expect(await adopt(party.client, rival)).toMatchObject({ refusal: 'version-does-not-follow' });
    expect(must(await partyStatus(party.client)).rosterVersion).toBe(2);
    expect(must(await adopt(second.client, bundle, [receipt])).receipt.party).toBe('custody');
    const [control, other] = await Promise.all(
      parties.slice(0, 2).map(({ client }) => partyStatus(client)),
    );
    if (!control || !other) throw new Error('missing');
    expect(must(control).heads.roster).toBe(must(other).heads.roster);
  });

  test('a party that was off takes over by itself what two others adopted while it counted', async () => {
    const { organisation, parties } = custody;
    const [party, other, late] = parties as [PartyProcess, PartyProcess, PartyProcess];
    const before = must(await partyStatus(late.client)).destinations;
    await late.stop();
    const destination = { id: 'acme-payroll', address: randomAddress() };
    // The first of them takes over nothing that ends within 15 seconds.
    const expiresAt = new Date(Date.now() + 18_000).toISOString();
    const bundle = organisation.bundle(listingIntent(destination), { expiresAt });
    must(await adopt(party.client, bundle));
    must(await adopt(other.client, bundle));
    await expect.poll(() => Date.now() > Date.parse(expiresAt), { timeout: 25_000 }).toBe(true);
    await late.start();
    const listed = async () => must(await partyStatus(late.client)).destinations;
    await expect.poll(listed, { timeout: 10_000 }).toBe(before + 1);
  });
});
