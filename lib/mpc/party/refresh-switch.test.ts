import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { aggregateShares, makeShare, OneTimeNonces } from '../frost/signing.ts';
import { must } from '../testing/custody.ts';
import { places } from '../testing/fragile.ts';
import { notBy, openKeyLife, type KeyLife } from '../testing/key-life.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { keysOf, shareOf } from './party.ts';
import { StoreError } from './store/database.ts';
import { takeNo } from './take-no.ts';
import { proofScheme } from '../frost/scheme.ts';
import { ed25519Suite } from '../frost/suite.ts';

const scheme = proofScheme(ed25519Suite);

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;

describe('the switch of epochs', () => {
  let life: KeyLife;
  beforeEach(async () => {
    life = await openKeyLife();
  });
  afterEach(() => life.remove());

  test('a session that was open in the old epoch gives no share any more and is begun again by itself', async () => {
    let done = false;
    const answer = await life.sign(async (round) => {
      if (round !== 'share' || done) return;
      done = true;
      must(await life.refresh(life.refreshBundle()));
    });
    expect(answer).toBe('signed');
    for (const place of places) expect(life.held(place)).toEqual(['2 usable']);
  });

  test('a session whose shares have left still ends at its signature', async () => {
    let done = false;
    const answer = await life.sign(async (round) => {
      if (round !== 'finish' || done) return;
      done = true;
      must(await life.refresh(life.refreshBundle()));
    });
    expect(done && answer).toBe('signed');
  });

  test('the epoch in force signs before every round, and no mix of epochs does', async () => {
    const signed = new Map<string, string>();
    const bundle = life.refreshBundle();
    await runKeyRefresh(life.fragile.clients, bundle, {
      onRound: async (round) => void signed.set(round, await life.sign()),
    });
    expect(new Set(signed.values())).toEqual(new Set(['signed']));
    expect(signed.size).toBe(9);

    const next = life.refreshBundle(2);
    await life.upTo('activate', next);
    const confirmations = (await Promise.all(places.map(life.look))).flatMap(
      ({ prepared }) => prepared?.confirmation ?? [],
    );
    const ceremony = (await life.look(CONTROL)).prepared?.ceremony ?? '';
    must(await life.activate(CONTROL, ceremony, confirmations));
    expect(await life.sign()).toBe('envelope-wrong-epoch');
    expect(await life.sign(undefined, [CUSTODY, RECOVERY])).toBe('signer-group-not-needed');
    must(await life.activate(CUSTODY, ceremony, confirmations));
    expect(await life.sign()).toBe('signed');
  });

  test('an old and a new share do not sign together', async () => {
    const records = places.map((place) => keysOf(life.fragile.at(place).party)[0]);
    const [before] = records;
    const old = shareOf(
      life.fragile.at(CONTROL).party,
      before as NonNullable<typeof before>,
    ).slice();
    must(await life.refresh(life.refreshBundle()));
    const [after] = keysOf(life.fragile.at(CUSTODY).party);
    if (!before || !after) throw new Error('missing');
    const fresh = shareOf(life.fragile.at(CUSTODY).party, after);
    const message = new TextEncoder().encode('no transaction');
    const signers = [
      { index: 1, signingShare: old, group: before.group },
      { index: 2, signingShare: fresh, group: after.group },
    ].map((of) => ({ ...of, nonces: new OneTimeNonces(scheme, of.index, of.signingShare) }));
    const pairs = new Map(signers.map(({ index, nonces }) => [index, nonces.commitment]));
    const shares = new Map<number, Uint8Array>();
    for (const signer of signers) {
      const made = makeShare({ scheme, ...signer, pairs, message });
      if (!made.ok) throw new Error(made.refusal);
      shares.set(signer.index, made.share);
    }
    for (const { group } of [before, after])
      expect(aggregateShares({ scheme, group, pairs, shares, message })).toMatchObject({
        refusal: 'share-invalid',
      });
  });

  test('what is erased is in no file any more, in whatever form it was sealed', async () => {
    const { party, folder } = life.fragile.at(CONTROL);
    const sealedNow = (): Uint8Array =>
      party.database.one('select sealed from keys where epoch = 1')?.['sealed'] as Uint8Array;
    const isSomewhere = (bytes: Uint8Array): boolean =>
      readdirSync(folder).some((name) =>
        readFileSync(join(folder, name)).includes(Buffer.from(bytes)),
      );
    const forms = [sealedNow()];
    await life.refresh(life.refreshBundle(), (round) => {
      if (round === 'erase') forms.push(sealedNow());
      if (round === 'erase') expect(isSomewhere(sealedNow())).toBe(true);
    });
    expect(forms).toHaveLength(2);
    for (const form of forms) expect(isSomewhere(form)).toBe(false);
    expect(party.shares.size).toBe(1);
    expect(life.held(CONTROL)).toEqual(['2 usable']);
  });

  describe('with a database of before', () => {
    const reopened: (() => void)[] = [];
    afterEach(() => {
      for (const undo of reopened.splice(0)) undo();
    });

    test('put back beside the marks of today the party does not start', async () => {
      const copy = mkdtempSync(join(tmpdir(), 'cs-before-'));
      reopened.push(() => rmSync(copy, { recursive: true }));
      const { folder } = life.fragile.at(CONTROL);
      life.fragile.kill(CONTROL);
      cpSync(folder, copy, { recursive: true });
      life.fragile.start(CONTROL);
      must(await life.refresh(life.refreshBundle()));
      life.fragile.kill(CONTROL);
      cpSync(join(copy, 'party.db'), join(folder, 'party.db'));
      expect(() => life.fragile.start(CONTROL)).toThrow(StoreError);
    });

    test('put back as a whole folder the others refuse what it says', async () => {
      const copy = mkdtempSync(join(tmpdir(), 'cs-before-'));
      reopened.push(() => rmSync(copy, { recursive: true }));
      const { folder } = life.fragile.at(CONTROL);
      life.fragile.kill(CONTROL);
      cpSync(folder, copy, { recursive: true });
      life.fragile.start(CONTROL);
      must(await life.refresh(life.refreshBundle()));
      life.fragile.kill(CONTROL);
      rmSync(folder, { recursive: true });
      cpSync(copy, folder, { recursive: true });
      life.fragile.start(CONTROL);
      expect(life.held(CONTROL)).toEqual(['1 usable']);
      expect(await life.sign()).toBe('envelope-wrong-epoch');
      // It never confirmed what the others have in force, so nobody can bring it there by a refresh.
      const { used } = await life.look(CUSTODY);
      expect(
        await life.activate(CONTROL, used?.ceremony ?? '', used?.confirmations ?? []),
      ).toMatchObject({ refusal: 'refresh-not-prepared' });
    });
  });

  const rejection = (bundle: OperationBundle) =>
    life.organisation.say('adam', 'reject', bundle.intent);

  test.each(['reveal', 'deal', 'finish', 'prove', 'confirm'] as const)(
    'a rejection before %s ends the refresh, and another operation refreshes the key',
    async (round) => {
      const bundle = life.refreshBundle();
      const stopped = await life.refresh(bundle, (reached) => {
        if (reached !== round) return;
        for (const place of places) {
          const taken = takeNo(life.fragile.at(place).party, rejection(bundle));
          if (!taken.ok) throw new Error(taken.refusal);
        }
      });
      expect(stopped).toMatchObject({ refusal: 'attempt-ended' });
      for (const place of places) expect(life.held(place)).toEqual(['1 usable']);
      must(await life.refresh(life.refreshBundle()));
      expect(await life.sign()).toBe('signed');
    },
  );

  test('a rejection that reached only some before they confirmed leaves the key free for the next', async () => {
    const bundle = life.refreshBundle();
    const stopped = await life.refresh(bundle, (reached) => {
      if (reached === 'confirm') takeNo(life.fragile.at(RECOVERY).party, rejection(bundle));
    });
    expect(stopped).toMatchObject({ refusal: 'attempt-ended', party: 'recovery' });
    expect(life.held(CONTROL)).toEqual(['1 usable', '2 prepared']);
    expect(life.held(RECOVERY)).toEqual(['1 usable']);
    expect(await life.sign()).toBe('signed');
    await life.upTo('activate', life.refreshBundle());
    expect(life.held(CONTROL).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
    expect(life.held(RECOVERY)).toEqual(['1 usable', '2 prepared']);
    must(await life.refresh(life.refreshBundle()).then(() => life.refresh(life.refreshBundle(2))));
    for (const place of places) expect(life.held(place)).toEqual(['3 usable']);
  });

  test('however often it is begun again, there is little to keep of the times before', async () => {
    for (let time = 0; time < 6; time += 1) {
      const bundle = life.refreshBundle();
      await life.refresh(bundle, (reached) => {
        if (reached === 'confirm') takeNo(life.fragile.at(RECOVERY).party, rejection(bundle));
      });
    }
    for (const place of [CONTROL, CUSTODY] as const)
      expect(life.held(place).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
    must(await life.refresh(life.refreshBundle()));
    for (const place of places) expect(life.held(place)).toEqual(['2 usable']);
  });

  test('the next refresh erases what the one before could not', async () => {
    await life.upTo('erase', life.refreshBundle());
    for (const place of places) expect(life.held(place)).toEqual(['1 retiring', '2 usable']);
    must(await life.refresh(life.refreshBundle(2)));
    for (const place of places) expect(life.held(place)).toEqual(['3 usable']);
  });

  test('a rejection after all confirmed is too late: the next who asks finishes the switch', async () => {
    const bundle = life.refreshBundle();
    await life.upTo('activate', bundle);
    for (const place of places) takeNo(life.fragile.at(place).party, rejection(bundle));
    const other = life.refreshBundle();
    expect(await life.refresh(other)).toMatchObject({ refusal: 'key-epoch-differs' });
    for (const place of places) expect(life.held(place)).toEqual(['2 usable']);
    expect(await life.sign()).toBe('signed');
  });

  test('what all have confirmed is not replaced, whatever the relay wants', async () => {
    await life.upTo('activate', life.refreshBundle());
    const bundle = life.refreshBundle();
    const promises = new Map<string, SignedEnvelope>();
    for (const client of life.fragile.clients) {
      const { envelope } = must(await client.call(keyLifeRpc.refreshBegin, { bundle }));
      promises.set(client.name, envelope);
    }
    for (const client of life.fragile.clients)
      expect(
        await client.call(keyLifeRpc.refreshReveal, {
          key: 'key-warm-1',
          envelopes: notBy([...promises.values()], client.name),
        }),
      ).toMatchObject({ refusal: 'refresh-unfinished' });
  });
});
