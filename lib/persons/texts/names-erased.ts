/**
 * A text names somebody of whom data were erased after it was looked through: kept, it would say what is gone, and nobody
 * would find it any more.
 */
export class NamesErasedError extends Error {
  constructor() {
    super('A text that was to be kept names somebody whose data were erased meanwhile.');
    this.name = 'NamesErasedError';
  }
}
