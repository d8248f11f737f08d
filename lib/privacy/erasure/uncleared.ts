/** Texts that name somebody who is erased stand in a file that can't be cleared; the erasure is tried again later. */
export class UnclearedError extends Error {
  constructor(cause: unknown) {
    super('A file that names the person can not be cleared; the log says which.', { cause });
    this.name = 'UnclearedError';
  }
}
