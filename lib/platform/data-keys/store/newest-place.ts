/** Which of the places that keep the keys has the newest of them, and bringing the first place up to it. */
import { mirror } from './copies.ts';
import type { Durability } from './durable-files.ts';
import { KeyStoreFault } from './key-store-fault.ts';
import { KeyTree } from './key-tree.ts';
import { lookAt, type Look, type TreeFolders } from './look-at.ts';

const newestIn = (look: Look): number => {
  if (look.state === 'empty') return 0;
  return look.state === 'opens' ? look.generation : look.newest;
};

/**
 * Opens the newest keys that any place holds; where that is a copy, the first place is made equal to it.
 * A place of before the newest destruction that shows anywhere is never taken: it would bring back what was destroyed.
 * @returns the tree, null where no place holds any, and the copy that it came from, if it was one.
 * @throws KeyStoreFault where the newest do not open, or nothing does.
 */
export async function openNewest(
  own: TreeFolders,
  copies: readonly TreeFolders[],
  durability: Durability,
): Promise<{ tree: KeyTree | null; takenFrom: string | null }> {
  const places = await Promise.all(
    [own, ...copies].map(async (folders) => ({ folders, look: await lookIfReadable(folders) })),
  );
  const newest = Math.max(...places.map(({ look }) => newestIn(look)));
  let best: { folders: TreeFolders; change: number } | null = null;
  for (const { folders, look } of places)
    if (look.state === 'opens' && look.generation === newest)
      if (best === null || look.top.change > best.change)
        best = { folders, change: look.top.change };
  if (best === null) {
    const fault = places.find(({ look }) => look.state === 'fault')?.look;
    if (fault?.state === 'fault') throw newestFault(places, newest) ?? fault.fault;
    return { tree: null, takenFrom: null };
  }
  if (best.folders === own) return { tree: await KeyTree.open(own, durability), takenFrom: null };
  const source = await KeyTree.open(best.folders, durability);
  const fault = source && (await mirror(source, own, null, durability));
  if (fault !== null)
    throw new KeyStoreFault(
      'copy-newer',
      `The copy in ${best.folders.keys} is newer than ${own.keys}, which could not be brought up to it (${fault}).`,
    );
  return { tree: await KeyTree.open(own, durability), takenFrom: best.folders.keys };
}

/** What keeps the newest place from opening; the first place's own fault where it is the newest itself. */
function newestFault(
  places: readonly { folders: TreeFolders; look: Look }[],
  newest: number,
): KeyStoreFault | null {
  const found = places.find(({ look }) => look.state === 'fault' && look.newest === newest);
  return found?.look.state === 'fault' ? found.look.fault : null;
}

/** A copy whose disk can't be read holds nothing that could be taken; the first place must be readable. */
async function lookIfReadable(folders: TreeFolders): Promise<Look> {
  try {
    return await lookAt(folders);
  } catch {
    const fault = new KeyStoreFault('not-readable', `${folders.keys} can’t be read.`);
    return { state: 'fault', fault, newest: 0 };
  }
}
