import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { aggregateShares, makeShare, OneTimeNonces } from '../frost/signing.ts';
import { publicKeyOf, type GroupKey } from '../frost/group.ts';
import {
  coldWithdrawal,
  openColdCustody,
  openColdVault,
  type ColdCustody,
  type Seat,
} from '../testing/cold-custody.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { keyCeremonyIntent } from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { createParty } from './open-party.ts';
import { keyEncryptionKey } from './seal.ts';
import { beginSigning } from './signing-begin.ts';
import { listKeys, openShare } from './store/keys.ts';
import { proofScheme } from '../frost/scheme.ts';
import { ed25519Suite } from '../frost/suite.ts';

const { addScalars, commitTo, lagrangeWeight, multiplyScalars, pointHex, scalarOf } =
  ed25519Suite.arithmetic;
const scheme = proofScheme(ed25519Suite);

type Held = { party: string; index: number; share: Uint8Array; group: GroupKey };

let custody: ColdCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
  const clients = [custody.control, custody.custody, custody.recovery].map(({ client }) => client);
  must(await runKeyCeremony(clients, custody.organisation.bundle(keyCeremonyIntent())));
});
afterAll(() => custody.remove());

/** Every share of a folder, opened with its key-encryption key as its thief would. */
function sharesIn({ party, kek, name }: Seat): Held[] {
  const key = keyEncryptionKey(kek.slice());
  return listKeys(party.database).flatMap((record) => {
    const index = record.members.find((member) => member.name === name)?.index ?? 0;
    const share = openShare(party.database, key, name, record);
    return [{ party: name, index, share, group: record.group }];
  });
}

/** All subsets but the empty one. */
const subsets = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one]), [one]], []);

/** What the shares of these places come to at zero, as a public key. */
function interpolated(held: readonly Held[]): string {
  const indexes = held.map(({ index }) => index);
  const secret = addScalars(
    held.map(({ index, share }) =>
      multiplyScalars(lagrangeWeight(indexes, index, 0), scalarOf(share)),
    ),
  );
  return pointHex(commitTo(secret));
}

const distinct = (held: readonly Held[]): boolean =>
  new Set(held.map(({ index }) => index)).size === held.length;

/** A signature by exactly these, whoever they are said to be. */
function signWith(held: readonly Held[], group: GroupKey, message: Uint8Array): boolean {
  const nonces = held.map(({ index, share }) => new OneTimeNonces(scheme, index, share));
  const pairs = new Map(held.map(({ index }, at) => [index, nonces[at]?.commitment] as const));
  const shares = new Map<number, Uint8Array>();
  for (const [at, { index, share }] of held.entries()) {
    const own = nonces[at];
    if (!own) continue;
    const made = makeShare({
      scheme,
      group,
      index,
      signingShare: share,
      nonces: own,
      pairs: pairs as Map<number, OneTimeNonces['commitment']>,
      message,
    });
    if (made.ok) shares.set(index, made.share);
  }
  return aggregateShares({
    scheme,
    group,
    pairs: pairs as Map<number, OneTimeNonces['commitment']>,
    shares,
    message,
  }).ok;
}

describe('with the data folders of all parties with a network, and their keys', () => {
  const online = () => [custody.control, custody.custody, custody.recovery];
  const message = new TextEncoder().encode('a transaction of the thief');
  const cold = () => {
    const held = sharesIn(custody.control).find(
      ({ group }) => publicKeyOf(group) === vault.publicKey,
    );
    if (!held) throw new Error('a share');
    return held;
  };

  test('there is one share of the cold key, below its threshold', () => {
    const held = online()
      .flatMap(sharesIn)
      .filter(({ group }) => publicKeyOf(group) === vault.publicKey);
    expect(held.map(({ party }) => party)).toEqual(['control']);
    expect(held[0]?.group.threshold).toBe(2);
  });

  test('no combination of all their shares of all keys comes to the cold key', () => {
    const all = online().flatMap(sharesIn);
    expect(all).toHaveLength(4);
    const sets = subsets(all).filter(distinct);
    expect(sets.length).toBeGreaterThan(8);
    for (const set of sets) expect(interpolated(set)).not.toBe(vault.publicKey);
  });

  test('no combination of them, under any of the names of the key, signs', () => {
    const { group } = cold();
    const all = online().flatMap(sharesIn);
    const places = group.shares.map(({ index }) => index);
    let tries = 0;
    for (const set of subsets(all).filter((some) => some.length <= 2))
      for (const first of places)
        for (const second of set.length === 2 ? places.filter((place) => place !== first) : [0]) {
          const named = set.map((one, at) => ({ ...one, index: at === 0 ? first : second }));
          tries += 1;
          expect(signWith(named, group, message)).toBe(false);
        }
    expect(tries).toBe(4 * 3 + 6 * 6);
  });

  test('each of them refuses to begin without a cold party', () => {
    const intent = coldWithdrawal(vault);
    const bundle = custody.organisation.bundle(intent);
    const { chain, message: bytes } = transferFor(vault, intent, randomNonce());
    const transaction = { chain, message: encodeBase64url(bytes) };
    for (const [quorum, refusal] of [
      [['control', 'custody'], 'quorum-unsound'],
      [['control', 'recovery'], 'signer-group-not-needed'],
      [['control', 'custody', 'recovery'], 'signer-group-not-needed'],
    ] as const)
      expect(
        beginSigning(custody.control.party, { bundle, transaction, quorum: [...quorum] }),
      ).toMatchObject({
        refusal,
      });
    for (const { party } of [custody.custody, custody.recovery])
      expect(beginSigning(party, { bundle, transaction, quorum: ['control', 'custody'] }).ok).toBe(
        false,
      );
  });

  test('with one cold folder more there is a key, so the tries above could have found one', () => {
    const own = cold();
    const [theirs] = sharesIn(custody.a);
    if (!theirs) throw new Error('a share');
    expect(interpolated([own, theirs])).toBe(vault.publicKey);
    expect(signWith([own, theirs], own.group, message)).toBe(true);
  });
});

test('a data folder opens as what the roster says its party is: cold, or with a network', () => {
  const openAs = ({ config, kek }: Seat, cold: boolean) => {
    const { cold: _, ...rest } = config;
    return createParty({
      config: cold ? { ...rest, cold: true } : rest,
      kek: keyEncryptionKey(kek.slice()),
      log: () => undefined,
      now: () => new Date(),
    });
  };
  for (const { party } of [custody.b, custody.recovery]) party.database.close();
  expect(() => openAs(custody.b, false)).toThrow(/lists this party as a cold one/u);
  expect(() => openAs(custody.recovery, true)).toThrow(/as one with a network/u);
  for (const [seat, isCold] of [
    [custody.b, true],
    [custody.recovery, false],
  ] as const)
    openAs(seat, isCold).database.close();
});
