/**
 * The messages of exactly these members, in their order. Who may send was settled by the envelopes.
 * @throws when one is missing.
 */
export function fromEach<T>(
  indexes: readonly number[],
  messages: ReadonlyMap<number, T>,
): Map<number, T> {
  return new Map(
    indexes.map((index) => {
      const message = messages.get(index);
      if (message === undefined) throw new Error('The message of a member is missing.');
      return [index, message];
    }),
  );
}
