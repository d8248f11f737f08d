import { readTextsFor } from '#lib/persons/texts/restricted.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { findJournal } from '#lib/ledger/queries.ts';
import { vaultNames } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { findGroundFault } from './check-ground.ts';
import { correctionUnknown, documentOf, standingOf } from './correction-row.ts';
import { lineChanges, type LineChange } from './line-changes.ts';
import { entryOf, type CorrectionEntry } from './list-corrections.ts';
import { partOfEntry, type PartOfEntry } from './part-of-entry.ts';
import { shownJournal, type CorrectedJournal } from './view-new-correction.ts';

export type CorrectionEventView = {
  id: string;
  what: string;
  by: string;
  at: string;
  note: string | null;
  /** What was signed, where it took a key. */
  signed: { document: string; assertion: string } | null;
};

export type CorrectionView = CorrectionEntry & {
  digest: string;
  /** The canonical text whose digest is signed. */
  document: string;
  reason: string | null;
  lines: LineChange[];
  /** The journal that it corrects, as it stands in the books. */
  corrected: CorrectedJournal | null;
  /** Of an attribution, while it waits or once it is posted: which part of what came in it gives away. */
  part: PartOfEntry | null;
  endedAt: string | null;
  endedBy: string | null;
  events: CorrectionEventView[];
  /** Why it could not be approved as the books stand now; null when it could. */
  stop: string | null;
  can: { approve: boolean; decline: boolean; withdraw: boolean };
  isMine: boolean;
};

/** One correction: what it does to each account, what it mends, and who stands for it. */
export async function viewCorrection(
  actor: Actor,
  id: string,
  { db, clock }: Context,
): Promise<Result<CorrectionView, 'not-allowed' | 'correction-unknown'>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const row = operationId.safeParse(id).success
    ? await db.ledgerCorrection.findUnique({
        where: { id },
        include: {
          events: { orderBy: { id: 'desc' }, take: 10, include: { note: true, statement: true } },
        },
      })
    : null;
  if (!row) return correctionUnknown();
  const now = clock();
  const standing = standingOf(row, now);
  const document = documentOf(row);
  const nameOf = await operatorNames(db);
  const names = await vaultNames(db);
  const corrected =
    document.corrects === null ? null : await findJournal(db, BigInt(document.corrects));
  const isOpen = standing === 'waiting';
  const { fault, lines, part } = await inSnapshot(db, async (tx) => ({
    fault: isOpen ? await findGroundFault(tx, document, now) : null,
    lines: await lineChanges(tx, document.lines, { journal: row.journal, isOpen }),
    part:
      corrected && (isOpen || standing === 'approved')
        ? await partOfEntry(tx, document, corrected, { isOpen, at: now })
        : null,
  }));
  const isMine = row.raisedBy === actor.personId;
  const mayDecide = isOpen && !isMine && actor.scopes.has('correction:approve');
  const noted = row.events.flatMap(({ id, note }) => (note ? [{ id, note }] : []));
  const texts = await readTextsFor(
    db,
    'operation',
    'ledger_correction_note',
    noted.map(({ note }) => note),
  );
  const noteOf = (event: { id: bigint } | undefined): string | null => {
    const text = texts[noted.findIndex(({ id }) => id === event?.id)] ?? null;
    return text === null ? null : shownText(text);
  };
  return ok({
    ...entryOf(row, nameOf, now),
    digest: row.digest,
    document: row.document,
    reason: noteOf(row.events.find(({ what }) => what === 'raised')),
    lines,
    corrected: corrected && shownJournal(corrected, names, row.journal?.toString() ?? null),
    part,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy === null ? null : nameOf(row.endedBy),
    events: row.events.map((event) => ({
      id: event.id.toString(),
      what: event.what,
      by: nameOf(event.actor),
      at: event.at.toISOString(),
      note: noteOf(event),
      signed: event.statement && {
        document: event.statement.document,
        assertion: JSON.stringify(event.statement.assertion, null, 2),
      },
    })),
    stop: fault?.refusal.sentence ?? null,
    can: { approve: mayDecide && fault === null, decline: mayDecide, withdraw: isOpen && isMine },
    isMine,
  });
}
