/** What the two folders of a key tree hold, looked at without changing anything. */
import { join } from 'node:path';
import { namesIn, readIfThere } from './durable-files.ts';
import { KeyStoreFault, type KeyStoreFaultCode } from './key-store-fault.ts';
import { KEY_BYTES, openBytes } from './seal-bytes.ts';
import {
  bucketNames,
  generationIn,
  readTop,
  rootName,
  topAbout,
  topName,
  type Top,
} from './top.ts';

/** Lies beside the keys while the very first of them are made. */
export const BEGUN_NAME = 'begun';

export type TreeFolders = {
  /** Buckets and tops. */
  keys: string;
  /** Root keys; never below `keys`, and on another disk where there is one. */
  root: string;
};

export type Look =
  | { state: 'empty' }
  /** @property newest generation of the newest top that lies there, whether it opens or not; 0 for none. */
  | { state: 'fault'; fault: KeyStoreFault; newest: number }
  | { state: 'opens'; generation: number; root: Buffer; top: Top };

/**
 * A half-written change counts as not there: a root without a top of its generation, files that were not renamed yet.
 * The newest top must open, though: an older one would bring back what was destroyed.
 */
export async function lookAt({ keys, root }: TreeFolders): Promise<Look> {
  const [inKeys, inRoot] = await Promise.all([namesIn(keys), namesIn(root)]);
  const tops = inKeys.flatMap((name) => generationIn(name, 'top') ?? []);
  const roots = inRoot.flatMap((name) => generationIn(name, 'root') ?? []);
  const newest = Math.max(0, ...tops);
  const faulty = (code: KeyStoreFaultCode, sentence: string): Look => ({
    state: 'fault',
    fault: new KeyStoreFault(code, sentence),
    newest,
  });
  const isNothing = (name: string): boolean => name.endsWith('.new') || name === BEGUN_NAME;
  if (inKeys.every(isNothing)) {
    if (inRoot.every(isNothing)) return { state: 'empty' };
    // The very first start ended between its root key and its top; nothing was ever kept under it.
    if (inKeys.includes(BEGUN_NAME) && roots.every((one) => one === 1)) return { state: 'empty' };
  }
  if (roots.length === 0)
    return faulty(
      'root-missing',
      `No root key lies in ${root}, but keys do in ${keys}. Put the root key’s folder back; without it nothing opens.`,
    );
  if (newest === 0)
    return faulty(
      'top-missing',
      `No keys lie in ${keys}, but their root key does in ${root}. Put both folders back from the same copy.`,
    );
  if (!roots.includes(newest))
    return Math.max(...roots) < newest
      ? faulty(
          'root-missing',
          `The keys in ${keys} are of a later root key than any in ${root}. Put the newest root key back; an older one would bring back what was destroyed.`,
        )
      : faulty(
          'top-missing',
          `No top of the keys in ${keys} belongs to a root key in ${root}. Put both folders back from the same copy.`,
        );
  const [rootKey, sealed] = await Promise.all([
    readIfThere(join(root, rootName(newest))),
    readIfThere(join(keys, topName(newest))),
  ]);
  if (rootKey?.length !== KEY_BYTES || sealed === null)
    return faulty('root-damaged', `The root key in ${root} is damaged.`);
  const plain = openBytes(rootKey, topAbout(newest), sealed);
  const top = plain && readTop(plain);
  if (!top)
    return faulty(
      'top-damaged',
      `The top of the keys in ${keys} does not open with the root key in ${root}: one of them is wrong or damaged. Put both back from the same copy.`,
    );
  // A bucket that is named and not there would make its keys look destroyed.
  const missing = bucketNames(top).find((name) => !inKeys.includes(name));
  if (missing !== undefined)
    return faulty(
      'bucket-damaged',
      `The file ${missing} is missing in ${keys}. Put it back from a copy.`,
    );
  return { state: 'opens', generation: newest, root: rootKey, top };
}
