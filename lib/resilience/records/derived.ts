/** What is made of records of some kinds, kept until one of those kinds changes. Pure. */
import type { FrameworkKind } from './framework-records.ts';

export class Derived<T> {
  readonly #from: readonly FrameworkKind[];
  readonly #make: () => T;
  #made: { value: T } | null = null;

  /** @param from kinds that it is made of; nothing else may change what `make` gives. */
  constructor(from: readonly FrameworkKind[], make: () => T) {
    this.#from = from;
    this.#make = make;
  }

  get(): T {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }

  /** Lets go of it when a record of one of its kinds changed. */
  changed(kinds: ReadonlySet<FrameworkKind>): void {
    if (this.#from.some((kind) => kinds.has(kind))) this.#made = null;
  }

  /** Lets go of it in any case. */
  forget(): void {
    this.#made = null;
  }
}
