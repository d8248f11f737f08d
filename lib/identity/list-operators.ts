import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksScope, type Actor } from './actor.ts';
import { keyView, type KeyView } from './key-view.ts';
import { isOpenAt } from './sessions.ts';

export type OperatorView = {
  id: string;
  displayName: string;
  roles: string[];
  group: string | null;
  status: string;
  sandbox: boolean;
  createdAt: string;
  keys: KeyView[];
  openSessions: number;
};

const shownMax = 500;

/** Everybody who works here, with their keys. */
export async function listOperators(
  actor: Actor,
  context: Context,
): Promise<Result<OperatorView[]>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const rows = await context.db.operator.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: shownMax,
    include: {
      credentials: { orderBy: { createdAt: 'asc' } },
      sessions: { where: isOpenAt(context.clock()), select: { id: true } },
    },
  });
  const nameOf = await operatorNames(context.db);
  return ok(
    rows.map((row) => ({
      id: row.id,
      displayName: nameOf(row.id),
      roles: row.roles,
      group: row.group,
      status: row.status,
      sandbox: row.sandbox || row.credentials.some((key) => key.software),
      createdAt: row.createdAt.toISOString(),
      keys: row.credentials.map(keyView),
      openSessions: row.sessions.length,
    })),
  );
}
