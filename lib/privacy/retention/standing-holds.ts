/** Legal holds that stand on what is known of a person: as long as one does, nothing of it goes. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dayOf } from '#lib/platform/days.ts';
import { articles, grounds, type Article, type Ground } from './holds/life.ts';

export type StandingHold = {
  id: string;
  number: string;
  ground: string;
  article: string;
  /** Names neither ground nor reasons: who is investigated must not learn of it from an answer. */
  sentence: string;
  /** YYYY-MM-DD; past it, the hold goes on to stand and its review is overdue. */
  reviewOn: string;
};

/** More than stand on anybody in practice; one is enough to stop an erasure. */
const shownMax = 200;

/**
 * Every hold under which at least one value of the person, or the person as such, comes: their own, of a client they
 * stand or stood behind, of a category of which something is held of them, of a request of theirs. One whose lifting no
 * keys prove stands on. Oldest first.
 */
export async function standingHolds(tx: Tx, personId: string): Promise<StandingHold[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      number: string;
      ground: string;
      article: string;
      reviewOn: Date;
      isLifted: boolean;
    }[]
  >`
    select s.hold_id as id, s.number, s.ground, s.article, s.review_on as "reviewOn",
      s.state = 'lifted' as "isLifted"
    from privacy_hold_standing s where s.hold_id in (
      select held from (select null::text as field union
        select distinct v.field from person_value v where v.person_id = ${personId}) f
      cross join lateral holds_on(${personId}, f.field) held)
    order by s.opened_at, s.hold_id limit ${shownMax}`;
  return rows.map(({ id, number, ground, article, reviewOn, isLifted }) => ({
    id,
    number,
    ground: grounds[ground as Ground].name,
    article: articles[article as Article],
    sentence: isLifted
      ? `A legal hold, ${number}, keeps it: its lifting is on record, and the keys of it are not proved.`
      : `A legal hold, ${number}, keeps it; the hold is looked at again by ${dayOf(reviewOn)}.`,
    reviewOn: dayOf(reviewOn),
  }));
}
