import { z } from 'zod';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { requirement } from '#lib/protocol/policy.ts';
import type { Seats } from '#lib/protocol/roster.ts';
import { decision } from '#lib/protocol/statement.ts';
import { seatAt } from './seats.ts';
import type { Standing } from './standing.ts';
import { asState } from './states.ts';
import { mayStillConfirm } from './transaction-phases.ts';

/** What has to be read with an operation to know where it stands. */
export const standingInclude = {
  statements: true,
  transactions: true,
  adoptions: { select: { party: true } },
  progress: true,
} as const;
export type StandingRow = Prisma.OperationGetPayload<{ include: typeof standingInclude }>;

/**
 * Where a stored operation stands.
 * @param of.roster by which groups are told; null before genesis. @param of.at when; delegations end.
 */
export function standingOf(
  row: StandingRow,
  { roster, at }: { roster: Seats | null; at: Date },
): Standing {
  return {
    kind: intentKind.parse(row.kind),
    state: asState(row.state),
    raisedBy: row.raisedBy,
    roster,
    expiresAt: row.expiresAt,
    needs: z.array(requirement).parse(row.needs),
    statements: row.statements
      .filter((statement) => statement.attempt === row.attempt)
      .map((statement) => ({
        personId: statement.personId,
        group: seatAt(roster, statement.personId, at.getTime()).group,
        decision: decision.parse(statement.decision),
      })),
    delaySeconds: row.delaySeconds,
    secondChannel: row.secondChannel,
    waitingUntil: row.state === 'waiting' ? row.waitingUntil : null,
    adoptedBy: row.adoptions.map(({ party }) => party),
    mayBeSigned: row.transactions.some(mayStillConfirm),
  };
}
