import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyRefresh, type RefreshRound } from '../client/key-refresh.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction, type SigningRound } from '../client/sign-transaction.ts';
import { aggregateShares, makeShare, OneTimeNonces } from '../frost/signing.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openFragileCustody, places, type FragileCustody, type Place } from '../testing/fragile.ts';
import { openLocalVault } from '../testing/in-process.ts';
import { keyRefreshIntent, withdrawalIntent } from '../testing/organisation.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { StoreError } from './store/database.ts';
import { keysOf, shareOf } from './party.ts';
import { takeNo } from './take-no.ts';

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
const stop = new Error('The relay stops here.');

describe('the switch of epochs', () => {
  let fragile: FragileCustody;
  let vault: Vault;

  beforeEach(async () => {
    fragile = openFragileCustody();
    vault = await openLocalVault(fragile.custody);
  });
  afterEach(() => fragile.custody.remove());

  const organisation = () => fragile.custody.organisation;
  const newBundle = (epoch = 1) => organisation().bundle(keyRefreshIntent(epoch));
  const refresh = (
    bundle: OperationBundle,
    onRound: (round: RefreshRound) => void = () => undefined,
    clients: readonly PartyClient[] = fragile.clients,
  ) => runKeyRefresh(clients, bundle, { onRound });

  /** Leads a refresh up to a round and no further. */
  const upTo = (round: RefreshRound, bundle: OperationBundle) =>
    refresh(bundle, (reached) => {
      if (reached === round) throw stop;
    }).catch((error: unknown) => {
      if (error !== stop) throw error;
    });

  const held = (place: Place) =>
    keysOf(fragile.at(place).party).map(({ epoch, state }) => `${epoch} ${state}`);

  function newWork() {
    const intent = withdrawalIntent(vault.destination);
    const bundle = organisation().bundle(intent);
    return { bundle, transaction: transferFor(vault, intent, randomNonce()) };
  }

  async function sign(
    onRound: (round: SigningRound) => void | Promise<void> = () => undefined,
    quorum: readonly Place[] = [CONTROL, CUSTODY],
  ): Promise<string> {
    const clients = quorum.map((place): PartyClient => fragile.clients[place]);
    const signed = await signTransaction({ ...newWork(), clients, onRound });
    return signed.ok ? 'signed' : signed.refusal;
  }

  const look = async (place: Place) =>
    must(await fragile.clients[place].call(keyLifeRpc.keyLook, { key: 'key-warm-1' }));

  const others = (envelopes: readonly SignedEnvelope[], name: string) =>
    envelopes.filter(({ envelope }) => envelope.from !== name);

  async function activate(
    place: Place,
    ceremony: string,
    envelopes: readonly SignedEnvelope[],
    words: readonly SignedEnvelope[] = [],
  ) {
    const { name } = fragile.clients[place];
    return fragile.clients[place].call(keyLifeRpc.refreshActivate, {
      key: 'key-warm-1',
      ceremony,
      envelopes: others(envelopes, name),
      words: others(words, name),
    });
  }

  test('a session that was open in the old epoch gives no share any more and is begun again by itself', async () => {
    let done = false;
    const answer = await sign(async (round) => {
      if (round !== 'share' || done) return;
      done = true;
      must(await refresh(newBundle()));
    });
    expect(answer).toBe('signed');
    for (const place of places) expect(held(place)).toEqual(['2 usable']);
  });

  test('a session whose shares have left still ends at its signature', async () => {
    let done = false;
    const answer = await sign(async (round) => {
      if (round !== 'finish' || done) return;
      done = true;
      must(await refresh(newBundle()));
    });
    expect(done && answer).toBe('signed');
  });

  test('the epoch in force signs before every round, and no mix of epochs does', async () => {
    const signed = new Map<string, string>();
    const bundle = newBundle();
    await runKeyRefresh(fragile.clients, bundle, {
      onRound: async (round) => void signed.set(round, await sign()),
    });
    expect(new Set(signed.values())).toEqual(new Set(['signed']));
    expect(signed.size).toBe(9);

    const next = newBundle(2);
    await upTo('activate', next);
    const confirmations = (await Promise.all(places.map(look))).flatMap(
      ({ prepared }) => prepared?.confirmation ?? [],
    );
    const ceremony = (await look(CONTROL)).prepared?.ceremony ?? '';
    must(await activate(CONTROL, ceremony, confirmations));
    expect(await sign()).toBe('envelope-wrong-epoch');
    expect(await sign(undefined, [CUSTODY, RECOVERY])).toBe('own-group-not-needed');
    must(await activate(CUSTODY, ceremony, confirmations));
    expect(await sign()).toBe('signed');
  });

  test('an old and a new share do not sign together', async () => {
    const records = places.map((place) => keysOf(fragile.at(place).party)[0]);
    const [before] = records;
    const old = shareOf(fragile.at(CONTROL).party, before as NonNullable<typeof before>).slice();
    must(await refresh(newBundle()));
    const [after] = keysOf(fragile.at(CUSTODY).party);
    if (!before || !after) throw new Error('missing');
    const fresh = shareOf(fragile.at(CUSTODY).party, after);
    const message = new TextEncoder().encode('no transaction');
    const signers = [
      { index: 1, signingShare: old, group: before.group },
      { index: 2, signingShare: fresh, group: after.group },
    ].map((of) => ({ ...of, nonces: new OneTimeNonces(of.index, of.signingShare) }));
    const pairs = new Map(signers.map(({ index, nonces }) => [index, nonces.commitment]));
    const shares = new Map<number, Uint8Array>();
    for (const signer of signers) {
      const made = makeShare({ ...signer, pairs, message });
      if (!made.ok) throw new Error(made.refusal);
      shares.set(signer.index, made.share);
    }
    for (const { group } of [before, after])
      expect(aggregateShares({ group, pairs, shares, message })).toMatchObject({
        refusal: 'share-invalid',
      });
  });

  test('what is erased is in no file any more, in whatever form it was sealed', async () => {
    const { party, folder } = fragile.at(CONTROL);
    const sealedNow = (): Uint8Array =>
      party.database.one('select sealed from keys where epoch = 1')?.['sealed'] as Uint8Array;
    const isSomewhere = (bytes: Uint8Array): boolean =>
      readdirSync(folder).some((name) =>
        readFileSync(join(folder, name)).includes(Buffer.from(bytes)),
      );
    const forms = [sealedNow()];
    await refresh(newBundle(), (round) => {
      if (round === 'erase') forms.push(sealedNow());
      if (round === 'erase') expect(isSomewhere(sealedNow())).toBe(true);
    });
    expect(forms).toHaveLength(2);
    for (const form of forms) expect(isSomewhere(form)).toBe(false);
    expect(party.shares.size).toBe(1);
    expect(held(CONTROL)).toEqual(['2 usable']);
  });

  describe('with a database of before', () => {
    const reopened: (() => void)[] = [];
    afterEach(() => {
      for (const undo of reopened.splice(0)) undo();
    });

    test('put back beside the marks of today the party does not start', async () => {
      const copy = mkdtempSync(join(tmpdir(), 'cs-before-'));
      reopened.push(() => rmSync(copy, { recursive: true }));
      const { folder } = fragile.at(CONTROL);
      fragile.kill(CONTROL);
      cpSync(folder, copy, { recursive: true });
      fragile.start(CONTROL);
      must(await refresh(newBundle()));
      fragile.kill(CONTROL);
      cpSync(join(copy, 'party.db'), join(folder, 'party.db'));
      expect(() => fragile.start(CONTROL)).toThrow(StoreError);
    });

    test('put back as a whole folder the others refuse what it says', async () => {
      const copy = mkdtempSync(join(tmpdir(), 'cs-before-'));
      reopened.push(() => rmSync(copy, { recursive: true }));
      const { folder } = fragile.at(CONTROL);
      fragile.kill(CONTROL);
      cpSync(folder, copy, { recursive: true });
      fragile.start(CONTROL);
      must(await refresh(newBundle()));
      fragile.kill(CONTROL);
      rmSync(folder, { recursive: true });
      cpSync(copy, folder, { recursive: true });
      fragile.start(CONTROL);
      expect(held(CONTROL)).toEqual(['1 usable']);
      expect(await sign()).toBe('envelope-wrong-epoch');
      // It never confirmed what the others have in force, so nobody can bring it there by a refresh.
      const { used } = await look(CUSTODY);
      expect(
        await activate(CONTROL, used?.ceremony ?? '', used?.confirmations ?? []),
      ).toMatchObject({ refusal: 'refresh-not-prepared' });
    });
  });

  const rejection = (bundle: OperationBundle) =>
    organisation().say('adam', 'reject', bundle.intent);

  test.each(['reveal', 'deal', 'finish', 'prove', 'confirm'] as const)(
    'a rejection before %s ends the refresh, and another operation refreshes the key',
    async (round) => {
      const bundle = newBundle();
      const stopped = await refresh(bundle, (reached) => {
        if (reached !== round) return;
        for (const place of places) {
          const taken = takeNo(fragile.at(place).party, rejection(bundle));
          if (!taken.ok) throw new Error(taken.refusal);
        }
      });
      expect(stopped).toMatchObject({ refusal: 'attempt-ended' });
      for (const place of places) expect(held(place)).toEqual(['1 usable']);
      must(await refresh(newBundle()));
      expect(await sign()).toBe('signed');
    },
  );

  test('a rejection that reached only some before they confirmed leaves the key free for the next', async () => {
    const bundle = newBundle();
    const stopped = await refresh(bundle, (reached) => {
      if (reached === 'confirm') takeNo(fragile.at(RECOVERY).party, rejection(bundle));
    });
    expect(stopped).toMatchObject({ refusal: 'attempt-ended', party: 'recovery' });
    expect(held(CONTROL)).toEqual(['1 usable', '2 prepared']);
    expect(held(RECOVERY)).toEqual(['1 usable']);
    expect(await sign()).toBe('signed');
    await upTo('activate', newBundle());
    expect(held(CONTROL).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
    expect(held(RECOVERY)).toEqual(['1 usable', '2 prepared']);
    must(await refresh(newBundle()).then(() => refresh(newBundle(2))));
    for (const place of places) expect(held(place)).toEqual(['3 usable']);
  });

  test('however often it is begun again, there is little to keep of the times before', async () => {
    for (let time = 0; time < 6; time += 1) {
      const bundle = newBundle();
      await refresh(bundle, (reached) => {
        if (reached === 'confirm') takeNo(fragile.at(RECOVERY).party, rejection(bundle));
      });
    }
    for (const place of [CONTROL, CUSTODY] as const)
      expect(held(place).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
    must(await refresh(newBundle()));
    for (const place of places) expect(held(place)).toEqual(['2 usable']);
  });

  test('the next refresh erases what the one before could not', async () => {
    await upTo('erase', newBundle());
    for (const place of places) expect(held(place)).toEqual(['1 retiring', '2 usable']);
    must(await refresh(newBundle(2)));
    for (const place of places) expect(held(place)).toEqual(['3 usable']);
  });

  test('a rejection after all confirmed is too late: the next who asks finishes the switch', async () => {
    const bundle = newBundle();
    await upTo('activate', bundle);
    for (const place of places) takeNo(fragile.at(place).party, rejection(bundle));
    const other = newBundle();
    expect(await refresh(other)).toMatchObject({ refusal: 'key-epoch-differs' });
    for (const place of places) expect(held(place)).toEqual(['2 usable']);
    expect(await sign()).toBe('signed');
  });

  test('what all have confirmed is not replaced, whatever the relay wants', async () => {
    await upTo('activate', newBundle());
    const bundle = newBundle();
    const promises = new Map<string, SignedEnvelope>();
    for (const client of fragile.clients) {
      const { envelope } = must(await client.call(keyLifeRpc.refreshBegin, { bundle }));
      promises.set(client.name, envelope);
    }
    for (const client of fragile.clients)
      expect(
        await client.call(keyLifeRpc.refreshReveal, {
          key: 'key-warm-1',
          envelopes: others([...promises.values()], client.name),
        }),
      ).toMatchObject({ refusal: 'refresh-unfinished' });
  });

  describe('a party that confirmed an epoch and says it never did', () => {
    /** Confirmations of all for an epoch that recovery then denies. */
    async function denied() {
      await upTo('activate', newBundle());
      const confirmations = (await Promise.all(places.map(look))).flatMap(
        ({ prepared }) => prepared?.confirmation ?? [],
      );
      const { party } = fragile.at(RECOVERY);
      party.database.run(`delete from keys where state = 'prepared'`);
      party.register = null;
      return { confirmations, ceremony: confirmations[0]?.envelope.ceremony ?? '' };
    }

    /** Another refresh, which only custody and recovery come to confirm. */
    async function confirmedByTwo(): Promise<void> {
      const [control, ...rest] = fragile.clients;
      const cut: PartyClient = {
        ...control,
        call: async (method, request) =>
          method.path === keyLifeRpc.refreshConfirm.path
            ? { ok: false, refusal: 'party-timeout', party: control.name, culprit: null }
            : control.call(method, request),
      };
      expect(await refresh(newBundle(), undefined, [cut, ...rest])).toMatchObject({
        refusal: 'party-timeout',
      });
      expect(held(CUSTODY).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
    }

    test('parts the others no longer than until one hears that it is in force at the other', async () => {
      const { ceremony, confirmations } = await denied();
      await confirmedByTwo();
      const { envelope: word } = must(await activate(CONTROL, ceremony, confirmations));
      expect(held(CONTROL)).toEqual(['1 retiring', '2 usable']);
      expect(await sign()).toBe('envelope-wrong-epoch');
      // All confirmations alone only show that somebody lied; it is named.
      expect(await activate(CUSTODY, ceremony, confirmations)).toMatchObject({
        refusal: 'refresh-given-up',
        culprit: 'recovery',
      });
      const { used } = await look(CUSTODY);
      expect(used?.epoch).toBe(1);
      must(await activate(CUSTODY, ceremony, confirmations, [word]));
      expect(await sign()).toBe('signed');
      expect(held(CUSTODY).toSorted()).toEqual(['1 retiring', '2 superseded', '2 usable']);
    });

    test('brings nothing back once all have confirmed another version', async () => {
      const { ceremony, confirmations } = await denied();
      await confirmedByTwo();
      // Custody has set the first one aside and says so; control, which was cut off, has it still.
      await upTo('activate', newBundle());
      const kept = keysOf(fragile.at(CUSTODY).party).find((one) => one.ceremony === ceremony);
      // Who confirmed it once and says so is no liar, whatever it confirmed since.
      expect(kept).toMatchObject({ state: 'superseded', abandonedBy: ['recovery'] });
      expect(held(CONTROL)).toEqual(['1 usable', '2 prepared']);
      for (const [place, refusal] of [
        [CONTROL, 'refresh-not-prepared'],
        [CUSTODY, 'refresh-given-up'],
      ] as const)
        expect(await activate(place, ceremony, confirmations)).toMatchObject({ refusal });
      const third = await look(CUSTODY);
      const last = (await Promise.all(places.map(look))).flatMap(
        ({ prepared }) => prepared?.confirmation ?? [],
      );
      for (const place of places) must(await activate(place, third.prepared?.ceremony ?? '', last));
      expect(await sign()).toBe('signed');
    });

    test('is not believed alone when it says that it has it in force', async () => {
      const { ceremony, confirmations } = await denied();
      await confirmedByTwo();
      // The liar's own word, made where it has the epoch in force in truth.
      const { envelope: genuine } = must(await activate(CONTROL, ceremony, confirmations));
      const forged: SignedEnvelope[] = [
        { ...genuine, signature: '00'.repeat(64) },
        { ...genuine, envelope: { ...genuine.envelope, from: 'recovery' } },
        ...confirmations,
      ];
      expect(await activate(CUSTODY, ceremony, confirmations, forged)).toMatchObject({
        refusal: 'refresh-given-up',
      });
    });

    test('can not bring two parties onto two versions of one epoch', async () => {
      const { ceremony, confirmations } = await denied();
      await confirmedByTwo();
      const second = (await look(CUSTODY)).prepared;
      const other = (await look(RECOVERY)).prepared;
      if (!second || !other) throw new Error('missing');
      must(await activate(CONTROL, ceremony, confirmations));
      // Control never confirmed the second one, and never will.
      const two = [second.confirmation, other.confirmation];
      expect(await activate(CUSTODY, second.ceremony, two)).toMatchObject({
        refusal: 'envelope-missing',
        culprit: 'control',
      });
      const bundle = newBundle();
      expect(
        await fragile.clients[CONTROL].call(keyLifeRpc.refreshBegin, { bundle }),
      ).toMatchObject({ refusal: 'key-epoch-differs' });
    });
  });
});
