/** What stands in the clear of a backup: which one it is, and how its key is wrapped. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DrillProblem } from '../drills/drill-problem.ts';
import { recipientForm } from './recipient.ts';

const headerFile = 'backup.json';
const LENGTH_MAX = 20_000;
const hex = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^(?:[0-9a-f]{2})+$/);

const header = z.strictObject({
  type: z.literal('countersign/backup/v1'),
  id: z.uuid(),
  takenAt: z.iso.datetime(),
  /** The backup's key, sealed by the data-key service under a key of this backup alone. */
  sealed: hex(1_000),
  /** Id of that key, to destroy it by. */
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  /** The same key for whoever holds a private key offline. */
  wrapped: z
    .strictObject({
      recipient: z.string().regex(recipientForm),
      encapsulated: hex(200),
      ciphertext: hex(400),
    })
    .nullable(),
});
export type BackupHeader = z.infer<typeof header>;

/** Written last and whole: a folder without it is no backup. */
export async function writeHeader(folder: string, made: BackupHeader): Promise<void> {
  const fresh = join(folder, `${headerFile}.new`);
  await writeFile(fresh, `${JSON.stringify(made, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
  await rename(fresh, join(folder, headerFile));
}

/** @throws DrillProblem for a folder that holds no whole backup of this version. */
export async function readHeader(folder: string): Promise<BackupHeader> {
  let text: string;
  try {
    text = await readFile(join(folder, headerFile), 'utf8');
  } catch {
    throw new DrillProblem(
      `${folder} holds no backup: ${headerFile} can’t be read there. Name the folder that \`npm run backup\` made.`,
    );
  }
  const read = header.safeParse(text.length > LENGTH_MAX ? null : parsed(text));
  if (!read.success)
    throw new DrillProblem(`${headerFile} in ${folder} is not of a backup of this version.`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
