/** Which movements of an account are wanted. */
export type MovementFilter = {
  /** First instant that counts. */
  from: Date | null;
  /** First instant that counts no more. */
  until: Date | null;
  /** Kind of journal. */
  kind: string | null;
  /** `in` adds to the account on its normal side. */
  way: 'in' | 'out' | null;
  /** Full name of another account that the journal moves too. */
  other: string | null;
  /** Whatever names what was booked: an operation, a transaction, a journal, a reference. */
  find: string | null;
  /** Smallest unit, without sign. */
  least: bigint | null;
  most: bigint | null;
  order: 'newest' | 'oldest';
};

/** Every movement, newest first. */
export const everyMovement: MovementFilter = {
  from: null,
  until: null,
  kind: null,
  way: null,
  other: null,
  find: null,
  least: null,
  most: null,
  order: 'newest',
};

/** Whether anything is left out, so that not every line of the account counts. */
export const narrows = ({ order: _order, ...rest }: MovementFilter): boolean =>
  Object.values(rest).some((value) => value !== null);
