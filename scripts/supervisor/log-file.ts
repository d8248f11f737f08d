/** Log files that can't fill a disk: at the limit the file becomes `.1` and a new one begins. */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const LIMIT_BYTES = 5 * 1024 * 1024;

export class LogFile {
  readonly path: string;
  readonly #limit: number;
  #fd: number | null = null;
  #size = 0;

  constructor(path: string, limitBytes = LIMIT_BYTES) {
    this.path = path;
    this.#limit = limitBytes;
  }

  /** Adds a line. A log that can't be written (full disk) is dropped: it must not stop a service. */
  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      const fd = this.#open();
      this.#size += writeSync(fd, bytes);
      if (this.#size < this.#limit) return;
      this.close();
      renameSync(this.path, `${this.path}.1`);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #open(): number {
    if (this.#fd !== null) return this.#fd;
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
    return this.#fd;
  }
}
