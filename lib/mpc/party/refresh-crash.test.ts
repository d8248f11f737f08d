import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { PartyClient } from '../client/party-client.ts';
import { runKeyRefresh, type RefreshRound } from '../client/key-refresh.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openFragileVault, places, type FragileCustody, type Place } from '../testing/fragile.ts';
import { keyRefreshIntent, withdrawalIntent } from '../testing/organisation.ts';
import { keysOf } from './party.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

const rounds: RefreshRound[] = [
  'begin',
  'reveal',
  'deal',
  'finish',
  'prove',
  'confirm',
  'activate',
  'erase',
];

describe('a key refresh in which a party is killed', () => {
  let fragile: FragileCustody;
  let vault: Vault;
  let epoch = 1;

  beforeAll(async () => {
    ({ fragile, vault } = await openFragileVault());
  });
  afterAll(() => fragile.custody.remove());

  const refresh = (bundle: OperationBundle, onRound?: (round: RefreshRound) => void) =>
    runKeyRefresh(fragile.clients, bundle, onRound ? { onRound } : {});

  async function sign(quorum: readonly [Place, Place]): Promise<string> {
    const intent = withdrawalIntent(vault.destination);
    const signed = await signTransaction({
      clients: quorum.map((place): PartyClient => fragile.clients[place]),
      bundle: fragile.custody.organisation.bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
    });
    return signed.ok ? 'signed' : signed.refusal;
  }

  const held = (place: Place) =>
    keysOf(fragile.at(place).party).map(({ epoch: number, state }) => `${number} ${state}`);

  /** The epoch that each party signs with. */
  const used = () =>
    places.map(
      (place) =>
        held(place)
          .find((line) => line.endsWith('usable'))
          ?.split(' ')[0],
    );

  async function isWhole(): Promise<void> {
    for (const place of places) expect(held(place)).toEqual([`${epoch} usable`]);
    expect(await sign([0, 1])).toBe('signed');
  }

  // From the first confirmation on it matters who is killed; before, one party for each round will do.
  const cases = rounds.flatMap((round, at) =>
    places
      .filter((place) => isLong || at >= rounds.indexOf('confirm') || place === at % 3)
      .map((place) => [round, place] as const),
  );

  test.each(cases)('before %s, party %i: all end on one epoch that signs', async (round, place) => {
    const bundle = fragile.custody.organisation.bundle(keyRefreshIntent(epoch));
    const stopped = await refresh(bundle, (reached) => {
      if (reached === round) fragile.kill(place);
    });
    expect(stopped).toMatchObject({ ok: false, refusal: 'party-unreachable' });
    fragile.start(place);
    const isSwitching = round === 'activate';
    if (!isSwitching) {
      expect(new Set(used()).size).toBe(1);
      expect(await sign([0, 1])).toBe('signed');
    }
    expect(must(await refresh(bundle))).toEqual({
      key: 'key-warm-1',
      epoch: epoch + 1,
      publicKey: vault.publicKey,
    });
    epoch += 1;
    await isWhole();
    // And the same once more ends at the same.
    must(await refresh(bundle));
    await isWhole();
  });

  const restarts = cases.filter(([round, place]) => isLong || place === rounds.indexOf(round) % 3);

  test.each(restarts)('and back at once before %s, party %i: goes on by itself', async (...of) => {
    const [round, place] = of;
    const bundle = fragile.custody.organisation.bundle(keyRefreshIntent(epoch));
    let done = false;
    must(
      await refresh(bundle, (reached) => {
        if (done || reached !== round) return;
        done = true;
        fragile.restart(place);
      }),
    );
    epoch += 1;
    await isWhole();
  });
});
