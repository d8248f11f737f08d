/** Of what recipients are to be told, about a person or within a request, and whom it is on record for. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';
import { recipientsOf } from '../requests/load-recipients.ts';
import { noticeResults, type NoticeResult } from './notice-results.ts';

export type NoticeLine = {
  code: string;
  name: string;
  /** Null where nothing is on record yet. */
  result: string | null;
};

export type DutyView = {
  id: string;
  cause: 'correction' | 'restriction';
  /** ISO instants. */
  since: string;
  endedAt: string | null;
  endedBy: string | null;
  recipients: NoticeLine[];
  can: { tell: boolean; end: boolean };
};

export type NoticesView = { duties: DutyView[]; hasMore: boolean };

const shownMax = 20;

/**
 * Which fields it is about is not said here: a person's page and a request name them where they are restricted or
 * corrected.
 * @param about whose, or within which request.
 */
export async function viewNotices(
  actor: Actor,
  about: { personId: string } | { requestId: string },
  { db }: Pick<Context, 'db'>,
): Promise<Result<NoticesView>> {
  const refused = 'personId' in about ? lacksScope(actor, 'person:view') : lacksReading(actor);
  if (refused) return refused;
  const nameOf = await operatorNames(db);
  const mayTell = actor.scopes.has('privacy:work');
  return inSnapshot(db, async (tx) => {
    const rows = await tx.recipientNoticeDuty.findMany({
      where: 'personId' in about ? about : { restriction: about },
      // What is open stands above, so that it is never what is left out.
      orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { since: 'desc' }, { id: 'asc' }],
      take: shownMax + 1,
      include: {
        notices: { orderBy: { recipient: 'asc' }, select: { recipient: true, result: true } },
        correction: { select: { fields: true } },
        restriction: { select: { fields: true } },
      },
    });
    const duties: DutyView[] = [];
    for (const row of rows.slice(0, shownMax)) {
      const { personId, endedAt, endedBy, correction, restriction, notices } = row;
      const known = await recipientsOf(tx, personId, (correction ?? restriction)?.fields ?? []);
      const names = new Map(known.map(({ code, name }) => [code, name]));
      const results = new Map(notices.map(({ recipient, result }) => [recipient, result]));
      const asked = endedAt === null ? known.map(({ code }) => code) : [];
      const recipients = [...new Set([...asked, ...results.keys()])].map((code) => ({
        code,
        name: names.get(code) ?? code,
        result: wordsOf(results.get(code)),
      }));
      const isOpen = mayTell && endedAt === null;
      const isLeft = recipients.some(({ result }) => result === null);
      duties.push({
        id: row.id,
        cause: correction ? 'correction' : 'restriction',
        since: row.since.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        endedBy: endedBy === null ? null : nameOf(endedBy),
        recipients,
        can: { tell: isOpen && isLeft, end: isOpen && !isLeft },
      });
    }
    return ok({ duties, hasMore: rows.length > shownMax });
  });
}

const wordsOf = (result: string | undefined): string | null =>
  result === undefined ? null : noticeResults[result as NoticeResult];
