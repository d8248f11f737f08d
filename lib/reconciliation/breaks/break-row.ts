/** A break's row as the state machine sees it. */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { causes, type Cause } from '../matching/cause.ts';
import { breakStates, closings, type BreakLife, type Closing } from './lifecycle.ts';

export type BreakRow = Prisma.BreakRecordGetPayload<object>;

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text);
  // The database holds the same list.
  if (found === undefined) throw new Error(`Unknown word on record: ${text}`);
  return found;
}

export const causeOn = (row: Pick<BreakRow, 'cause'>): Cause => oneOf(causes, row.cause);
export const closingOn = (text: string | null): Closing | null =>
  text === null ? null : oneOf(closings, text);

export function lifeOf(row: BreakRow): BreakLife {
  const state = oneOf(breakStates, row.state);
  const isProposed = state === 'proposed' && row.proposedBy !== null;
  return {
    state,
    closedBy: closingOn(row.closedBy),
    proposal: isProposed
      ? {
          by: row.proposedBy ?? '',
          how: row.proposedHow === 'correction' ? 'correction' : 'explanation',
          journal: row.proposedJournal?.toString() ?? null,
        }
      : null,
    owner: row.owner,
    cause: causeOn(row),
    content: row.content,
  };
}

const journalNumber = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** Columns for a proposal; what was accepted keeps its own. */
export const proposalColumns = (life: BreakLife) => ({
  proposedBy: life.proposal?.by ?? null,
  proposedHow: life.proposal?.how ?? null,
  proposedJournal: journalNumber(life.proposal?.journal ?? null),
});
