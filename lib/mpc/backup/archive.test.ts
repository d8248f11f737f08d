import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalize } from '#lib/protocol/intent.ts';
import { abandonDkg, dealShares, finishDkg, startDkg } from '../frost/dkg.ts';
import { generateIdentitySecrets, identityFrom, signBytes } from '../wire/identity.ts';
import {
  archiveDigest,
  bindingOf,
  boxOf,
  readArchive,
  signedBytes,
  subjectOf,
  writeArchive,
  type ShareBackup,
} from './archive.ts';
import { sealTo } from './hpke.ts';
import { joinParts } from './join-parts.ts';
import { openArchive } from './open-archive.ts';
import { sealShare } from './seal-share.ts';
import {
  makeVault,
  partsOf,
  realm,
  valueOf,
  type Holder,
  type TestVault,
} from './testing/vault.ts';
import { ed25519Suite } from '../frost/suite.ts';

let vault: TestVault;
let holder: Holder;
let other: Holder;

beforeAll(async () => {
  vault = await makeVault();
  [holder, other] = vault.holders as [Holder, Holder];
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function open(archive: ShareBackup, from: Holder = holder) {
  const parts = partsOf(from, 2);
  const key = await joinParts({ ...realm, group: from.record.group, record: null }, parts);
  return openArchive(archive, valueOf(key));
}

/** The archive with changes, its digest and signature made good by whoever holds this identity. */
function resigned(changes: Partial<ShareBackup>, from: Holder = holder): ShareBackup {
  const changed = { ...holder.archive, ...changes };
  const digest = archiveDigest(subjectOf(changed), boxOf(changed));
  return { ...changed, digest, signature: signBytes(from.identity, signedBytes(digest)) };
}

describe('the file of a share backup', () => {
  test('with any byte changed, left out or put in is refused', () => {
    const text = bytesOf(writeArchive(holder.archive));
    expect(readArchive(text).ok).toBe(true);
    for (let at = 0; at < text.length; at += 1) {
      const flipped = text.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(readArchive(flipped).ok).toBe(false);
      expect(readArchive(Buffer.concat([text.slice(0, at), text.slice(at + 1)])).ok).toBe(false);
    }
    for (const spare of [' ', '\n', ',', '0'])
      expect(readArchive(bytesOf(writeArchive(holder.archive) + spare)).ok).toBe(false);
  });

  test('holds no byte of the share in the open', () => {
    expect(writeArchive(holder.archive)).not.toContain(Buffer.from(holder.share).toString('hex'));
  });

  test('with a changed fact is refused although somebody made its digest good', () => {
    const changed = { ...holder.archive, epoch: 2 };
    const digest = archiveDigest(subjectOf(changed), boxOf(changed));
    expect(readArchive(bytesOf(writeArchive({ ...changed, digest })))).toMatchObject({
      refusal: 'archive-forged',
    });
    expect(readArchive(bytesOf(writeArchive(changed)))).toMatchObject({
      refusal: 'archive-changed',
    });
  });

  test('signed by another party in its place is refused', () => {
    const forged = resigned({}, other);
    expect(readArchive(bytesOf(writeArchive(forged)))).toMatchObject({ refusal: 'archive-forged' });
  });

  test.each(['', 'null', '[]', '{}', '{"type":"countersign/share-backup/v1"}', '\u0000'])(
    'that is no backup (%j) is refused',
    (text) => {
      expect(readArchive(bytesOf(text))).toMatchObject({ refusal: 'archive-malformed' });
    },
  );

  test('larger than the limit is refused before it is parsed', () => {
    const padded = `${' '.repeat(70_000)}${writeArchive(holder.archive)}`;
    expect(readArchive(bytesOf(padded))).toMatchObject({ refusal: 'archive-malformed' });
  });

  test('with a field nobody knows is refused', () => {
    const text = `${canonicalize({ ...holder.archive, extra: 1 })}\n`;
    expect(readArchive(bytesOf(text))).toMatchObject({ refusal: 'archive-malformed' });
  });
});

describe('what a backup says about its share', () => {
  const changes: [string, () => Partial<ShareBackup>][] = [
    ['organisation', () => ({ organisation: 'another' })],
    ['environment', () => ({ environment: 'production' })],
    ['key', () => ({ key: 'key-cold-1' })],
    ['epoch', () => ({ epoch: 2 })],
    ['vault', () => ({ vault: { ...holder.archive.vault, id: 'hot-1' } })],
    ['tier', () => ({ vault: { ...holder.archive.vault, tier: 'cold' } })],
    ['date', () => ({ madeAt: '2027-01-01T00:00:00.000Z' })],
    [
      'custodians',
      () => ({
        backupGroup: {
          ...holder.archive.backupGroup,
          custodians: holder.archive.backupGroup.custodians.toReversed(),
        },
      }),
    ],
  ];
  test.each(changes)('is bound to it: with another %s it does not open', async (_what, change) => {
    const changed = resigned(change());
    const answer = await open(changed);
    expect(answer.ok).toBe(false);
    if (!answer.ok)
      expect(['archive-does-not-open', 'archive-of-another-group']).toContain(answer.refusal);
  });

  test('must fit together, whoever signed it', () => {
    const { archive } = holder;
    const contradictions: Partial<ShareBackup>[] = [
      { members: archive.members.toReversed() },
      { members: archive.members.slice(0, 2) },
      { groupKey: { ...archive.groupKey, threshold: 3 } },
      { groupKey: { ...archive.groupKey, commitments: archive.groupKey.commitments.toReversed() } },
      {
        groupKey: {
          ...archive.groupKey,
          shares: archive.groupKey.shares.map((share) => ({
            ...share,
            verifyingShare: archive.groupKey.shares[0]?.verifyingShare ?? '',
          })),
        },
      },
      { vault: { ...archive.vault, address: '11111111111111111111111111111111' } },
      { backupGroup: other.archive.backupGroup },
      { backupGroup: { ...archive.backupGroup, publicKey: '00'.repeat(32) } },
      {
        backupGroup: {
          ...archive.backupGroup,
          custodians: archive.backupGroup.custodians.map(() => 'p-aaaaaaaaaa'),
        },
      },
    ];
    for (const contradiction of contradictions)
      expect(readArchive(bytesOf(writeArchive(resigned(contradiction))))).toMatchObject({
        refusal: 'archive-inconsistent',
      });
  });
});

describe('opening', () => {
  test("with another group's key is refused by name", async () => {
    expect(await open(holder.archive, other)).toMatchObject({
      refusal: 'archive-of-another-group',
      sentence: expect.stringContaining('keep-control'),
    });
  });

  test('a box that holds something else than the share it names is refused', async () => {
    // Made by a party that seals rubbish: everything about it verifies but the share.
    const box = await sealTo(
      holder.record.group.publicKey,
      bindingOf(subjectOf(holder.archive)),
      other.share,
    );
    const rubbish = resigned({
      encapsulated: Buffer.from(box.encapsulated).toString('hex'),
      ciphertext: Buffer.from(box.ciphertext).toString('hex'),
    });
    expect(valueOf(readArchive(bytesOf(writeArchive(rubbish))))).toEqual(rubbish);
    expect(await open(rubbish)).toMatchObject({ refusal: 'share-foreign' });
  });
});

describe('sealing', () => {
  test("another party's share, a broken one or one of another key is refused", async () => {
    const elsewhere = await makeVault();
    const strangers = [
      other.share,
      new Uint8Array(32),
      new Uint8Array(31),
      new Uint8Array(32).fill(0xff),
      new Uint8Array(randomBytes(32)),
      elsewhere.holders[0]?.share ?? new Uint8Array(),
    ];
    for (const share of strangers)
      expect(await sealShare({ ...holder.seal, share })).toMatchObject({
        refusal: 'share-foreign',
      });
  });

  test("for another party's group, under another identity or for an unknown chain is refused", async () => {
    const identity = identityFrom(generateIdentitySecrets());
    const vaultElsewhere = {
      ...holder.seal.vault,
      chain: 'bip122:000000000019d6689c085ae165831e93',
    };
    expect(await sealShare({ ...holder.seal, backupGroup: other.record.group })).toMatchObject({
      refusal: 'archive-inconsistent',
    });
    expect(await sealShare({ ...holder.seal, identity })).toMatchObject({
      refusal: 'party-unknown',
    });
    expect(await sealShare({ ...holder.seal, vault: vaultElsewhere })).toMatchObject({
      refusal: 'chain-unknown',
    });
  });

  test('takes the shares of a real key ceremony', async () => {
    const indexes = [1, 2, 3];
    const started = new Map(
      indexes.map((index) => [index, startDkg(ed25519Suite, index, indexes, 2)]),
    );
    const packages = new Map([...started].map(([index, { revealed }]) => [index, revealed]));
    const dealt = new Map(
      [...started].map(([index, { state }]) => {
        const answer = dealShares(state, packages);
        if (!answer.ok) throw new Error(answer.refusal);
        return [index, answer.shares];
      }),
    );
    for (const [index, { state }] of started) {
      const shares = new Map(
        [...dealt].flatMap(([dealer, to]) => {
          const share = to.get(index);
          return share ? [[dealer, share]] : [];
        }),
      );
      const done = finishDkg(state, packages, shares);
      if (!done.ok) throw new Error(done.refusal);
      const own = vault.holders[index - 1] ?? expect.fail('no holder');
      const sealed = valueOf(
        await sealShare({ ...own.seal, groupKey: done.group, share: done.signingShare }),
      );
      expect(valueOf(readArchive(bytesOf(writeArchive(sealed))))).toEqual(sealed);
      expect((await open(sealed, own)).ok).toBe(true);
      abandonDkg(state);
    }
  });
});
