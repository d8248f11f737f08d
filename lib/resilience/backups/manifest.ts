/** What a backup says of itself, sealed like the rest of it: tables with their digests, sequences, schema. */
import { z } from 'zod';
import { DrillProblem } from '../drills/drill-problem.ts';
import type { Backup } from '../drills/take-backup.ts';
import { readSealed, writeSealed, type SealedFolder } from './sealed-folder.ts';

const name = 'manifest';
const LENGTH_MAX = 64 * 1024 * 1024;
const day = z.iso.datetime().transform((at) => new Date(at));
const line = z.string().max(1_000_000);

const manifest = z.strictObject({
  snapshotAt: day,
  endedAt: day,
  newestAt: day.nullable(),
  version: z.string(),
  databaseBytes: z.number(),
  tables: z.array(
    z.strictObject({
      name: line,
      columns: z.array(line),
      key: z.array(z.strictObject({ column: line, isText: z.boolean() })),
      rows: z.int(),
      bytes: z.int(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  sequences: z.array(
    z.strictObject({ name: line, last: z.string().regex(/^-?\d+$/), isCalled: z.boolean() }),
  ),
  migrations: z.array(line),
  schema: z.array(line),
}) satisfies z.ZodType<Backup>;

export async function writeManifest(folder: SealedFolder, backup: Backup): Promise<void> {
  const text = Buffer.from(JSON.stringify(backup));
  await writeSealed(
    folder,
    name,
    (async function* () {
      yield text;
    })(),
  );
}

/** @throws DrillProblem, SealedStreamError */
export async function readManifest(folder: SealedFolder): Promise<Backup> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readSealed(folder, name)) {
    length += chunk.length;
    if (length > LENGTH_MAX) break;
    chunks.push(chunk);
  }
  const read = manifest.safeParse(
    length > LENGTH_MAX ? null : JSON.parse(Buffer.concat(chunks).toString('utf8')),
  );
  if (!read.success)
    throw new DrillProblem('The list of what is in the backup is of another version.');
  return read.data;
}
