/** Who is on call now and next, by level. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { byName, operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { levels, type Level } from './escalation-rules.ts';

export type TurnView = {
  id: string;
  person: string;
  name: string;
  level: Level;
  from: string;
  until: string;
  isNow: boolean;
};
export type OnCallView = {
  turns: TurnView[];
  /** Levels at which nobody is on call now. */
  uncovered: Level[];
  people: { id: string; name: string }[];
  canWrite: boolean;
};

const turnsMax = 200;

export async function listOnCall(actor: Actor, context: Context): Promise<Result<OnCallView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const now = context.clock();
  const rows = await context.db.onCallTurn.findMany({
    where: { endedAt: null, untilAt: { gt: now } },
    orderBy: [{ level: 'asc' }, { fromAt: 'asc' }, { id: 'asc' }],
    take: turnsMax,
  });
  const nameOf = await operatorNames(context.db);
  const turns = rows.map((row) => ({
    id: row.id,
    person: row.personId,
    name: nameOf(row.personId),
    level: row.level as Level,
    from: row.fromAt.toISOString(),
    until: row.untilAt.toISOString(),
    isNow: row.fromAt <= now,
  }));
  const people = await context.db.operator.findMany({
    where: { status: 'active' },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 500,
  });
  return ok({
    turns,
    uncovered: ([1, 2, 3] as const).filter(
      (level) => !turns.some((turn) => turn.level === level && turn.isNow),
    ),
    people: byName(people, nameOf),
    canWrite: actor.scopes.has('incident:classify'),
  });
}

export const levelName = (level: Level): string => levels[level];
