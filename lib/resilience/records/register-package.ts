/** The register of information as a package in a file of its own that goes when the work with it is done. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { nameOfOrder, writePackage, type PackageOrder } from '../roi/write-package.ts';
import { withRegisterSource } from './register-source.ts';

export type RegisterPackage = {
  /** Where it lies, and the name that it is filed under. */
  path: string;
  name: string;
  bytes: number;
  rows: number;
  /** Ends its life. */
  remove: () => Promise<void>;
};

/** Packages that this process writes at once; each takes a connection for as long as it needs. */
const atOnce = 2;
let running = 0;

export type PackageRefused = Refused<'register-busy' | 'entity-missing'>;

/**
 * Writes the register as it stands.
 * @param date the day that it is filed for, yyyy-mm-dd.
 */
export async function openRegisterPackage(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  date: string,
): Promise<{ ok: true; value: RegisterPackage } | PackageRefused> {
  if (running >= atOnce)
    return refuse(
      'register-busy',
      'The register is being written for somebody else. Try again in a minute.',
    );
  running += 1;
  try {
    return await writeAside({ db, clock }, date);
  } finally {
    // A written file takes no connection: whoever reads it slowly keeps nobody waiting.
    running -= 1;
  }
}

async function writeAside(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  date: string,
): Promise<{ ok: true; value: RegisterPackage } | PackageRefused> {
  // The register names who serves the custodian: the folder is for this process alone.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-register-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const written = await withRegisterSource(db, date, async (source) => {
      if (source.entity === null) return null;
      const order: PackageOrder = {
        lei: source.entity.lei,
        scope: 'IND',
        country: source.entity.country,
        period: date,
        currency: source.entity.currency ?? 'EUR',
        madeAt: clock(),
        source,
      };
      const name = `${nameOfOrder(order)}.zip`;
      return { name, ...(await writePackage(join(folder, name), order)) };
    });
    if (written === null) {
      await remove();
      return refuse(
        'entity-missing',
        'The entity that keeps the register is not on record yet. Record it first.',
      );
    }
    const rows = [...written.rows.values()].reduce((sum, count) => sum + count, 0);
    const { path, name, bytes } = written;
    return { ok: true, value: { path, name, bytes, rows, remove } };
  } catch (error) {
    await remove();
    throw error;
  }
}
