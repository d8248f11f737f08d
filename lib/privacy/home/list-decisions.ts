/** Decisions of two people, or of one before a rule deletes for the first time, that nobody took yet. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';
import { runCodes, type RunCode } from '../retention/schedule.ts';
import { stateOfRule } from '../retention/view-retention.ts';

export type WaitingDecisions = {
  /** Rules of which the newest night found something, and that act only once somebody approved it. */
  rules: { run: string; rule: RunCode; due: number }[];
  /** Numbers of holds that somebody proposed to lift, the oldest above. */
  lifts: string[];
  /** Holds of that kind in all. */
  liftCount: number;
};

const shownMax = 10;

/** What waits on the pages of retention, for the home that people open every day. */
export async function listDecisions(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<WaitingDecisions>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  return inSnapshot(db, async (tx) => {
    const rules: WaitingDecisions['rules'] = [];
    for (const rule of runCodes) {
      const { newest } = await stateOfRule(tx, rule);
      if (newest?.outcome === 'waits' || newest?.outcome === 'asks')
        rules.push({ run: newest.run, rule, due: newest.due });
    }
    const where = { state: 'lift-proposed' };
    const lifts = await tx.privacyHoldStanding.findMany({
      where,
      orderBy: [{ openedAt: 'asc' }, { holdId: 'asc' }],
      take: shownMax,
      select: { number: true },
    });
    const liftCount = await tx.privacyHoldStanding.count({ where });
    return ok({ rules, lifts: lifts.map(({ number }) => number), liftCount });
  });
}
