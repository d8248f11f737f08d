import { z } from 'zod';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { requirement } from '#lib/protocol/policy.ts';
import { group } from '#lib/protocol/roster.ts';
import { decision } from '#lib/protocol/statement.ts';
import type { Standing } from './standing.ts';
import { asState } from './states.ts';
import { mayStillConfirm } from './transaction-phases.ts';

/** What has to be read with an operation to know where it stands. */
export const standingInclude = {
  statements: true,
  transactions: true,
  adoptions: { select: { party: true } },
} as const;
export type StandingRow = Prisma.OperationGetPayload<{ include: typeof standingInclude }>;

/** Where a stored operation stands. @param groupOf the group of each person who stated. */
export function standingOf(
  row: StandingRow,
  groupOf: (personId: string) => string | null,
): Standing {
  return {
    kind: intentKind.parse(row.kind),
    state: asState(row.state),
    raisedBy: row.raisedBy,
    expiresAt: row.expiresAt,
    needs: z.array(requirement).parse(row.needs),
    statements: row.statements
      .filter((statement) => statement.attempt === row.attempt)
      .map((statement) => ({
        personId: statement.personId,
        group: group.nullable().parse(groupOf(statement.personId)),
        decision: decision.parse(statement.decision),
      })),
    delaySeconds: row.delaySeconds,
    secondChannel: row.secondChannel,
    waitingUntil: row.state === 'waiting' ? row.waitingUntil : null,
    adoptedBy: row.adoptions.map(({ party }) => party),
    mayBeSigned: row.transactions.some(mayStillConfirm),
  };
}
