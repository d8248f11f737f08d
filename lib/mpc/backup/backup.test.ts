import { describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import { publicKeyOf } from '../frost/group.ts';
import { fromHex } from '../wire/encoding.ts';
import { readArchive, writeArchive } from './archive.ts';
import { joinParts } from './join-parts.ts';
import { openArchive } from './open-archive.ts';
import { rebuildKey } from './rebuild-key.ts';
import { makeVault, partsOf, realm, valueOf, type Holder } from './testing/vault.ts';

async function open(holder: Holder) {
  const { record } = holder;
  const parts = partsOf(holder, record.group.threshold);
  const key = valueOf(await joinParts({ ...realm, group: record.group, record }, parts));
  return valueOf(await openArchive(holder.archive, key));
}

describe('a share, from the party to the rebuilt key', () => {
  test('what a party seals is read back from its file, opened with enough parts and is its share', async () => {
    const { holders } = await makeVault();
    const [holder] = holders as [Holder];
    const bytes = new TextEncoder().encode(writeArchive(holder.archive));
    expect(valueOf(readArchive(bytes))).toEqual(holder.archive);
    const opened = await open(holder);
    expect(opened.share.use((share) => [...share])).toEqual([...holder.share]);
    expect(opened.index).toBe(1);
  });

  test('any threshold of opened shares gives the scalar of the address', async () => {
    const { holders, groupKey } = await makeVault();
    const shares = await Promise.all(holders.map(open));
    for (const pair of [
      [0, 1],
      [1, 2],
      [2, 0],
      [0, 1, 2],
    ]) {
      const chosen = pair.map((place) => shares[place] ?? expect.fail('no share'));
      const key = valueOf(rebuildKey(chosen));
      expect(key.address).toBe(addressOf(fromHex(publicKeyOf(groupKey))));
    }
  });
});
