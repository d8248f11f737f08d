import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileName, type StatementFile } from './render.ts';

type Issued = {
  clientId: string;
  periodFrom: Date;
  periodTo: Date;
  pdfDigest: string;
  csvDigest: string;
};

async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

/** Whether a folder has both files of a statement, each as it is on record. */
export async function hasFiles(folder: string, row: Issued): Promise<boolean> {
  const of = {
    client: { id: row.clientId },
    period: { from: row.periodFrom.toISOString(), to: row.periodTo.toISOString() },
  };
  const path = (file: StatementFile) => join(folder, fileName(of, file));
  return (
    (await hashOf(path('pdf'))) === row.pdfDigest && (await hashOf(path('csv'))) === row.csvDigest
  );
}
