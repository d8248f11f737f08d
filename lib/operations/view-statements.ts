/** Who stated what on an operation, with which key and for which group. */
import { z } from 'zod';
import { readTextsFor } from '#lib/persons/texts/restricted.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { reasonCode, type Decision, type ReasonCode } from '#lib/protocol/statement.ts';
import { printEvidence } from './print-evidence.ts';
import { seatAt } from './seats.ts';
import { loadRosterAt } from './trust.ts';
import type { StandsInFor } from './viewer-seat.ts';

export type StatementView = {
  id: string;
  attempt: number;
  decision: Decision;
  person: string;
  personId: string;
  /** What they stated for at that moment, by the roster that the statement names. */
  group: string | null;
  /** Set where a delegation gave them the group. */
  standsInFor: StandsInFor | null;
  keyLabel: string;
  sandboxKey: boolean;
  recordedAt: string;
  /** Why, of a rejection or cancellation. */
  reason: ReasonCode | null;
  note: string | null;
  /** The evidence, exactly as signed. */
  document: string;
  assertion: string;
};

const versioned = z.object({ rosterVersion: z.int() });

/** 0, which no roster has, for what names none. */
const rosterVersionOf = (document: string): number =>
  versioned.safeParse(JSON.parse(document)).data?.rosterVersion ?? 0;

const reasoned = z.object({ reason: z.object({ code: reasonCode }).nullable() });

/** The reason as it was signed. */
function reasonOf(document: string): ReasonCode | null {
  const read = reasoned.safeParse(JSON.parse(document));
  return read.success ? (read.data.reason?.code ?? null) : null;
}

/** The rosters that statements name, by their versions. */
async function loadRosters(
  documents: readonly string[],
  { db }: Context,
): Promise<ReadonlyMap<number, Roster>> {
  const versions = [...new Set(documents.map(rosterVersionOf))];
  const found = new Map<number, Roster>();
  for (const version of versions) {
    const roster = await loadRosterAt(db, version);
    if (roster) found.set(version, roster);
  }
  return found;
}

/** In the order in which they were recorded. */
export async function viewStatements(
  operation: string,
  context: Context,
): Promise<StatementView[]> {
  const [rows, notes] = await Promise.all([
    context.db.operationStatement.findMany({
      where: { operationId: operation },
      orderBy: { id: 'asc' },
    }),
    context.db.operationNote.findMany({ where: { operationId: operation } }),
  ]);
  const texts = await readTextsFor(context.db, 'operation', 'operation_note', notes);
  const rosters = await loadRosters(
    rows.map(({ document }) => document),
    context,
  );
  const seats = rows.map(({ document, personId, recordedAt }) =>
    seatAt(rosters.get(rosterVersionOf(document)) ?? null, personId, recordedAt.getTime()),
  );
  const [nameOf, keys] = await Promise.all([
    operatorNames(context.db),
    context.db.credential.findMany({
      where: { id: { in: rows.map((row) => row.credentialId) } },
      select: { id: true, label: true, software: true },
    }),
  ]);
  return rows.map((row, place) => {
    const { group, standsInFor } = seats[place] ?? { group: null, standsInFor: null };
    const key = keys.find(({ id }) => id === row.credentialId);
    const noteKind = row.decision === 'raise' ? 'reason' : 'rejection';
    const which = notes.findIndex(
      ({ personId, kind }) => personId === row.personId && kind === noteKind,
    );
    const note = texts[which] ?? null;
    return {
      id: row.id.toString(),
      attempt: row.attempt,
      decision: row.decision as Decision,
      person: nameOf(row.personId),
      personId: row.personId,
      group,
      standsInFor: standsInFor && {
        name: shownText(nameOf(standsInFor.person)),
        until: standsInFor.until,
      },
      keyLabel: key?.label ?? 'unknown key',
      sandboxKey: key?.software ?? false,
      recordedAt: row.recordedAt.toISOString(),
      reason: reasonOf(row.document),
      note: note === null ? null : shownText(note),
      document: row.document,
      assertion: printEvidence(row.assertion),
    };
  });
}
