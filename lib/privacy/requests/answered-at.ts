/**
 * When somebody last had an answer to their request. What is kept of it counts from then, and not from its closing, which
 * may never come, nor from what is noted about it afterwards (Article 5(1)(e) GDPR).
 */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { isUnanswered, requestStates, type RequestState } from './life.ts';

/** What was answered, was taken back, or ended as the same as another, of which the person was told. */
export const answeredStates = (Object.keys(requestStates) as RequestState[]).filter(
  (state) => !isUnanswered(state),
);

/** The instant at which that was put on record, of `s`, where requests stand; null where there was none yet. */
export const answeredAt = Prisma.sql`(select e.at from privacy_request_event e where e.request_id = s.request_id
  and e.kind in ('fulfilled', 'withdrawn', 'marked-duplicate') order by e.seq desc limit 1)`;
