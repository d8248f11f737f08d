/** What only stands in the place of a text is never kept as one, nor made into something that is. */
import { unopened, unreadable } from '#lib/audit/sealed-text.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';

/** A text that does not open was needed, or what stands for it was to be kept. */
export class TextUnopenedError extends Error {
  constructor() {
    super('A text does not open.');
    this.name = 'TextUnopenedError';
  }
}

/**
 * Lets a text pass that is one, or that was erased.
 * @throws DataKeysError `unavailable` for what stands in its place while keys are away.
 * @throws TextUnopenedError for what stands in the place of one that does not open.
 */
export function mustBeText(text: string | null): void {
  if (text === unreadable)
    throw new DataKeysError('unavailable', 'A text that could not be read was to be kept.');
  if (text === unopened) throw new TextUnopenedError();
}
