/**
 * The highest epoch of each key, in a file of its own: a database restored from an old copy then
 * shows a lower epoch than the mark and is refused.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { writeDurably } from '../durable-file.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError } from './database.ts';
import type { KeyRecord } from './keys.ts';

const marks = z.record(slug, z.int().min(1));
const file = z.strictObject({ marks, tag: z.string() });

const pathIn = (dataFolder: string): string => join(dataFolder, 'high-water.json');

function readMarks(dataFolder: string, kek: KeyEncryptionKey): z.infer<typeof marks> | null {
  if (!existsSync(pathIn(dataFolder))) return null;
  const parsed = file.safeParse(JSON.parse(readFileSync(pathIn(dataFolder), 'utf8')));
  const genuine =
    parsed.success &&
    parsed.data.tag ===
      kek.authenticate('countersign/high-water/v1', canonicalize(parsed.data.marks));
  if (!genuine) throw new StoreError('The high-water marks were changed outside the party.');
  return parsed.data.marks;
}

/** Raises the mark before the key of that epoch becomes usable. */
export function raiseHighWater(
  dataFolder: string,
  kek: KeyEncryptionKey,
  key: string,
  epoch: number,
): void {
  const known = readMarks(dataFolder, kek) ?? {};
  const raised = { ...known, [key]: Math.max(known[key] ?? 0, epoch) };
  const tag = kek.authenticate('countersign/high-water/v1', canonicalize(raised));
  writeDurably(pathIn(dataFolder), JSON.stringify({ marks: raised, tag }));
}

/** @throws StoreError when a usable key is older than its mark, or the marks are gone. */
export function checkHighWater(
  dataFolder: string,
  kek: KeyEncryptionKey,
  keys: readonly KeyRecord[],
): void {
  const known = readMarks(dataFolder, kek);
  for (const { key, epoch, state } of keys) {
    if (state !== 'usable') continue;
    if (known === null) throw new StoreError('The high-water marks are missing.');
    if (epoch < (known[key] ?? Number.POSITIVE_INFINITY))
      throw new StoreError(
        'A key is older than its high-water mark: the data folder is an old copy.',
      );
  }
}
