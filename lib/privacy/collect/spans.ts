/** Of which client, from when to when, records are a person's. Pure. */

export type Span = {
  client: string;
  /** Null where every record before the end counts. */
  from: Date | null;
  /** Null where it goes on. */
  until: Date | null;
};

/** Whose records are read: a person's, and of clients those of these spans alone. */
export type Subject = { id: string; spans: readonly Span[] };

/** Whether something of the client at this instant lies in one of the spans; both ends belong to it. */
export const covers = (spans: readonly Span[], client: string, at: Date): boolean =>
  spans.some(
    (one) =>
      one.client === client &&
      (one.from === null || one.from <= at) &&
      (one.until === null || at <= one.until),
  );

/** Each client once, in order. */
export const clientsOf = (spans: readonly Span[]): string[] =>
  [...new Set(spans.map(({ client }) => client))].toSorted();

/** The whole time of each client, whoever was tied to it when. */
export const wholeSpans = (clients: readonly string[]): Span[] =>
  clients.map((client) => ({ client, from: null, until: null }));
