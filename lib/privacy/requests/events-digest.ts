/** A digest of all that stood on record about a request, for what is signed. Pure but for the hash. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { RequestEvent } from './event.ts';

/** Lower-case hex SHA-256 over the events and the commitments of their texts, which stay when the texts are erased. */
export const eventsDigest = (
  events: readonly RequestEvent[],
  commitments: readonly { seq: number; field: string; commitment: string }[],
): string =>
  contentDigest({
    events,
    texts: commitments
      .map(({ seq, field, commitment }) => ({ seq, field, commitment }))
      .toSorted((one, other) => one.seq - other.seq || (one.field < other.field ? -1 : 1)),
  });
