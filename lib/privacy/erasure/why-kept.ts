/** Why a value of somebody who was erased stays where it was found, with the article (Article 17(3) GDPR). */
import { keptOf } from '#lib/persons/texts/kept-texts.ts';
import { isInFile, mentionsOf, type Mention } from '#lib/persons/texts/mentions.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Place } from '../scan/place.ts';
import type { Erasure } from './erasure-row.ts';
import { staffFields } from './request-rows.ts';
import type { WhyKept } from './look-for-values.ts';
import type { Gone, KeptPlace } from './phases.ts';

type Reason = Pick<KeptPlace, 'article' | 'why'>;

const report: Reason = {
  article: '17(3)(b)',
  why: 'A report that was sent to the authority stays as it was sent (Article 19 of Regulation (EU) 2022/2554).',
};
const reply: Reason = {
  article: '12(3), 19',
  why: 'The address for the answer and for telling recipients; it goes when the last of it is on record.',
};
const held: Reason = {
  article: '17(3)(e)',
  why: 'A legal hold covers the file of the request; what names the person goes when it is lifted.',
};
const ofOthers: Reason = {
  article: '17(3)(e)',
  why: 'A request of somebody else stays as they made it, for three years after its answer.',
};
const ownFile: Reason = {
  article: '17(3)(e)',
  why: 'Nobody asked for erasure here; the file of a request proves for three years how it was answered.',
};

/**
 * @param cleared requests of the person that were cleared; null where that is not asked for, as when a period of contact
 *   data is over.
 */
export async function whyKeptOf(
  db: Database,
  { id, personId }: Pick<Erasure, 'id' | 'personId'>,
  cleared: readonly string[] | null,
): Promise<WhyKept> {
  const reports = new Set(
    (await keptOf(db, await mentionsOf(db, personId))).map(({ commitment }) => commitment),
  );
  const replies = await db.erasureReply.findMany({
    where: { erasureId: id, endedAt: null },
    select: { requestId: true, fields: true, reason: true },
  });
  const own = new Set(cleared ?? []);
  const underHold = new Set(
    (
      await db.$queryRaw<{ id: string }[]>`
        select distinct s.request_id::text as id from person_mention m
          join privacy_request_text t on t.commitment = m.commitment
          join privacy_request_standing s on s.request_id = t.request_id
        where m.person_id = ${personId} and m.of_table = 'privacy_request_text'
          and exists (select from holds_on_request(s.number, s.person_id))`
    ).map(({ id: request }) => request),
  );
  const inRequest = (row: string): Reason | null => {
    const [request = '', , field = ''] = row.split(' ');
    const waits = replies.find(({ requestId }) => requestId === request);
    if (waits?.reason === 'hold') return held;
    if (waits?.fields.includes(field)) return reply;
    if (cleared === null) return ownFile;
    if (own.has(request)) return null;
    // What was written here of somebody else was blacked out, unless a hold covers it.
    if (staffFields.includes(field)) return underHold.has(request) ? held : null;
    return ofOthers;
  };
  return ({ where, row }: Place) => {
    if (row === null) return null;
    if (/^privacy_request_(?:text|file)\./.test(where)) return inRequest(row);
    return reports.has(row.split(' ')[0] ?? '') ? report : null;
  };
}

/** Texts that the look does not read, since the worker may not by then, and that were left as they are. */
export async function keptInFiles(
  db: Database,
  { personId, scope, gone }: Pick<Erasure, 'personId' | 'scope' | 'gone'>,
): Promise<KeptPlace[]> {
  const mentions = await mentionsOf(db, personId);
  const isUnread = ({ table }: Pick<Mention, 'table'>): boolean => table !== 'privacy_request_text';
  // What could not be cleared stands on record as well, and no law keeps it.
  const uncleared = ((gone as Partial<Gone>).uncleared ?? [])
    .filter(({ where }) => isUnread({ table: where }))
    .reduce((sum, { count: texts }) => sum + texts, 0);
  const count =
    scope === 'whole'
      ? mentions.filter((one) => isInFile(one) && isUnread(one)).length - uncleared
      : ((gone as Partial<Gone>).keptTexts ?? 0) - (await keptOf(db, mentions)).length;
  return count > 0
    ? [
        {
          where: 'privacy_breach_text, privacy_hold_text',
          count,
          article: '17(3)(b), (e)',
          why: 'A notification that was signed for the authority, or the reason of a legal hold that stands.',
        },
      ]
    : [];
}
