/** A row that ends names a key that belongs to another one, or to none: whoever wrote it wanted that key destroyed. */
export class KeyOfOtherError extends Error {
  constructor({ kind, owner }: { kind: string; owner: string }) {
    super(`The key that the ${kind} ${owner} names is not its own, so it stays.`);
    this.name = 'KeyOfOtherError';
  }
}
