/** A zip that is made piece by piece and passed on as it grows; each file is digested on the way. */
import { createHash } from 'node:crypto';
import { Zip, ZipDeflate } from 'fflate';

type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export class ZipStream {
  readonly #zip: Zip;
  readonly #pass: (bytes: Uint8Array) => Promise<void>;
  readonly #madeAt: Date;
  #waiting: Uint8Array[] = [];
  #failed: Error | null = null;
  readonly #digests: { name: string; digest: string }[] = [];

  /** @param pass takes what there is more of the zip; the next is made when it is done. */
  constructor(madeAt: Date, pass: (bytes: Uint8Array) => Promise<void>) {
    this.#madeAt = madeAt;
    this.#pass = pass;
    this.#zip = new Zip((error, chunk) => {
      if (error) this.#failed = error;
      else this.#waiting.push(chunk);
    });
  }

  async add(name: string, pieces: Pieces): Promise<void> {
    const hash = createHash('sha256');
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = this.#madeAt;
    this.#zip.add(file);
    for await (const piece of pieces) {
      const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
      hash.update(bytes);
      file.push(bytes);
      await this.#drain();
    }
    file.push(new Uint8Array(0), true);
    await this.#drain();
    this.#digests.push({ name, digest: hash.digest('hex') });
  }

  /** Adds the digests of all files, as `sha256sum -c` reads them, and ends. */
  async end(): Promise<void> {
    const lines = this.#digests.map(({ name, digest }) => `${digest}  ${name}\n`);
    await this.add('SHA256SUMS.txt', [lines.join('')]);
    this.#zip.end();
    await this.#drain();
  }

  async #drain(): Promise<void> {
    if (this.#failed) throw this.#failed;
    const chunks = this.#waiting;
    this.#waiting = [];
    for (const chunk of chunks) await this.#pass(chunk);
  }
}
