import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { assetOfAccount, type CorrectionLine } from '#lib/protocol/correction.ts';
import { unitsText } from '../amount-text.ts';
import {
  correctionStandings,
  documentOf,
  standingOf,
  type CorrectionRow,
  type CorrectionStanding,
} from './correction-row.ts';

export type CorrectionEntry = {
  id: string;
  number: string;
  standing: CorrectionStanding;
  /** What it moves: the debits of each asset, as exact decimal text. */
  moves: { asset: string; amount: string }[];
  accounts: string[];
  corrects: string | null;
  break: { id: string; number: string } | null;
  raisedBy: string;
  raisedAt: string;
  expiresAt: string;
  journal: string | null;
};

const filterSchema = z.object({
  state: z.enum(['all', ...correctionStandings]).catch('all'),
  after: listCursor.nullable().catch(null),
});
export type CorrectionFilter = z.infer<typeof filterSchema>;

export type CorrectionsView = {
  filter: CorrectionFilter;
  rows: CorrectionEntry[];
  next: string | null;
  /** How many wait for a second person now. */
  waiting: number;
  mayRaise: boolean;
};

const pageSize = 50;

/** Corrections, newest first, a page at a time. @param asked one text for each parameter of the page. */
export async function listCorrections(
  actor: Actor,
  asked: Readonly<Record<string, string | null>>,
  { db, clock }: Context,
): Promise<Result<CorrectionsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const { state = null, after = null } = asked;
  const filter = filterSchema.parse({ state: state ?? 'all', after });
  const now = clock();
  const rows = await db.ledgerCorrection.findMany({
    where: {
      ...stateWhere(filter.state, now),
      ...(filter.after === null
        ? {}
        : {
            OR: [
              { raisedAt: { lt: filter.after.at } },
              { raisedAt: filter.after.at, id: { gt: filter.after.id } },
            ],
          }),
    },
    orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
  });
  const nameOf = await operatorNames(db);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    filter,
    rows: shown.map((row) => entryOf(row, nameOf, now)),
    next:
      rows.length > pageSize && last ? listCursorText({ at: last.raisedAt, id: last.id }) : null,
    waiting: await db.ledgerCorrection.count({ where: stateWhere('waiting', now) }),
    mayRaise: actor.scopes.has('correction:raise'),
  });
}

function stateWhere(
  state: CorrectionFilter['state'],
  now: Date,
): Prisma.LedgerCorrectionWhereInput {
  switch (state) {
    case 'all':
      return {};
    case 'waiting':
      return { state, expiresAt: { gt: now } };
    case 'expired':
      return { state: 'waiting', expiresAt: { lte: now } };
    default:
      return { state };
  }
}

export function entryOf(
  row: CorrectionRow,
  nameOf: (person: string) => string,
  now: Date,
): CorrectionEntry {
  const document = documentOf(row);
  return {
    id: row.id,
    number: row.number,
    standing: standingOf(row, now),
    moves: movesOf(document.lines),
    accounts: document.lines.map(({ account }) => account),
    corrects: document.corrects,
    break: document.break && { id: document.break.id, number: document.break.number },
    raisedBy: nameOf(row.raisedBy),
    raisedAt: row.raisedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    journal: row.journal?.toString() ?? null,
  };
}

function movesOf(lines: readonly CorrectionLine[]): CorrectionEntry['moves'] {
  const sums = new Map<string, bigint>();
  for (const { account, amount } of lines) {
    const asset = assetOfAccount(account);
    const units = BigInt(amount);
    sums.set(asset, (sums.get(asset) ?? 0n) + (units > 0n ? units : 0n));
  }
  return [...sums].map(([asset, units]) => ({ asset, amount: unitsText(units, asset) }));
}
