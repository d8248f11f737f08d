import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeArchive } from './archive.ts';
import { drillRecord, verifyDrill } from './drill.ts';
import { joinParts } from './join-parts.ts';
import { openArchive } from './open-archive.ts';
import { readPart } from './part-text.ts';
import { rebuildKey } from './rebuild-key.ts';
import { sealShare } from './seal-share.ts';
import {
  madeAt,
  makeVault,
  partsOf,
  realm,
  spellings,
  valueOf,
  type Holder,
  type TestVault,
} from './testing/vault.ts';

let vault: TestVault;
let holder: Holder;
let other: Holder;

beforeAll(async () => {
  vault = await makeVault();
  [holder, other] = vault.holders as [Holder, Holder];
});

describe('a drill', () => {
  test('opens one share against its public part and records it without a secret', async () => {
    const { archive, record } = holder;
    const parts = partsOf(holder, 2);
    const done = valueOf(await verifyDrill({ archive, parts, record, at: madeAt }));
    expect(drillRecord.parse(done)).toEqual(done);
    expect(done).toMatchObject({
      key: 'key-warm-1',
      epoch: 1,
      party: 'control',
      archive: archive.digest,
      parts: [
        { number: 1, person: 'p-aaaaaaaaaa' },
        { number: 2, person: 'p-bbbbbbbbbb' },
      ],
      verifyingShare: vault.groupKey.shares[0]?.verifyingShare,
      outcome: 'share-matches',
      at: madeAt.toISOString(),
    });
  });

  test('fails with too few parts, and with those of another group', async () => {
    const { archive, record } = holder;
    expect(
      await verifyDrill({ archive, parts: partsOf(holder, 1), record, at: madeAt }),
    ).toMatchObject({ refusal: 'too-few-parts' });
    expect(
      await verifyDrill({ archive, parts: partsOf(other, 2), record, at: madeAt }),
    ).toMatchObject({ refusal: 'part-of-another-group' });
  });
});

describe('secrets', () => {
  test('of shares, scalar and parts are in no answer, no refusal and no print of what carries them', async () => {
    const { archive, record } = holder;
    const said: unknown[] = [];
    const parts = partsOf(holder, 2);
    said.push(parts, await verifyDrill({ archive, parts, record, at: madeAt }));
    const opened = await Promise.all(
      [holder, other].map(async (one) => {
        const group = one.record.group;
        const key = await joinParts({ ...realm, group, record: one.record }, partsOf(one, 2));
        const share = await openArchive(one.archive, valueOf(key));
        said.push(key, share);
        return valueOf(share);
      }),
    );
    const key = rebuildKey(opened);
    said.push(key, rebuildKey(opened.slice(1)), rebuildKey([...opened, ...opened]));
    said.push(await sealShare({ ...holder.seal, share: other.share }));
    said.push(await joinParts({ ...realm, group: record.group, record }, partsOf(other, 2)));
    for (const { text } of holder.custodians)
      for (const wrong of [
        `${text}q`,
        text.slice(0, -1),
        text.slice(0, -3) + 'qqq',
        text.slice(13),
      ])
        said.push(readPart(wrong));

    const scalar = valueOf(key).scalar.use((bytes) => bytes.slice());
    const shares = parts.map(({ share }) => share.use((bytes) => bytes.slice(0, 32)));
    const secrets = [holder.share, other.share, scalar, ...shares];
    const text = said
      .map((one) => `${inspect(one, { depth: 20, showHidden: true })}\n${JSON.stringify(one)}`)
      .join('\n');
    expect(text).toContain(archive.digest);
    for (const secret of secrets)
      for (const spelling of spellings(secret)) expect(text.includes(spelling)).toBe(false);
    for (const part of [...holder.custodians, ...other.custodians])
      for (let at = 13; at + 20 < part.text.length; at += 10)
        expect(text.includes(part.text.slice(at, at + 20))).toBe(false);
    // The search would find them where they belong.
    const shown = inspect([holder.seal.share].map((share) => Buffer.from(share).toString('hex')));
    expect(spellings(holder.share).some((spelling) => shown.includes(spelling))).toBe(true);
    expect(writeArchive(archive)).toContain(archive.digest);
  });
});
