/** How a package is kept: in parts, each sealed under the key of the package and bound to its place. */
import { createHash } from 'node:crypto';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** The service seals at most a mebibyte at once. */
const PART_BYTES = 1_000_000;

export type PackageFile = 'zip' | 'preview';
type Home = { packageId: string; keyId: string; attempt: number };

const contextOf = (packageId: string, attempt: number, what: PackageFile, part: number): string =>
  `privacy-package/${packageId}/${attempt}/${what}/${part}`;

/** Takes bytes as they come and writes a part whenever there is enough for one. */
export class PartWriter {
  readonly #db: Database;
  readonly #home: Home;
  readonly #what: PackageFile;
  readonly #hash = createHash('sha256');
  #waiting: Uint8Array[] = [];
  #size = 0;
  #part = 0;
  bytes = 0;

  constructor(db: Database, home: Home, what: PackageFile) {
    this.#db = db;
    this.#home = home;
    this.#what = what;
  }

  /** @throws DataKeysError where the key service can't be reached; nothing is kept in clear then. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    // What comes may be a window of a buffer that its maker uses again.
    this.#waiting.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
    while (this.#size >= PART_BYTES) await this.#flush();
  }

  /** @returns lower-case hex SHA-256 of all that was written. */
  async end(): Promise<string> {
    if (this.#size > 0 || this.#part === 0) await this.#flush();
    return this.#hash.digest('hex');
  }

  async #flush(): Promise<void> {
    const whole = Buffer.concat(this.#waiting);
    const plain = new Uint8Array(whole.subarray(0, PART_BYTES));
    const rest = new Uint8Array(whole.subarray(PART_BYTES));
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
    this.#part += 1;
    const { packageId, keyId, attempt } = this.#home;
    const context = contextOf(packageId, attempt, this.#what, this.#part);
    const [sealed] = await dataKeys().seal([{ key: keyId, context, plain }]);
    if (!sealed) throw new Error('The key service sealed nothing.');
    await this.#db.privacyPackagePart.create({
      data: { packageId, attempt, what: this.#what, part: this.#part, sealed },
      select: { part: true },
    });
  }
}

/**
 * The parts of a file in order, opened one at a time.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed or moved.
 */
export async function* openParts(
  db: Database | Tx,
  { packageId, attempt }: Omit<Home, 'keyId'>,
  what: PackageFile,
): AsyncGenerator<Uint8Array> {
  for (let part = 1; ; part += 1) {
    const row = await db.privacyPackagePart.findUnique({
      where: { packageId_attempt_what_part: { packageId, attempt, what, part } },
      select: { sealed: true },
    });
    if (!row) return;
    if (row.sealed === null) throw new Error('A part of a package was erased.');
    const context = contextOf(packageId, attempt, what, part);
    const [opened] = await dataKeys().open([{ context, sealed: row.sealed }]);
    if (opened?.state !== 'open') throw new Error('The key of a package is gone.');
    yield opened.plain;
  }
}
