/**
 * Which drills are overdue or failed: what has to become a finding. Pure.
 *
 * A drill counts when it passed. One that failed stays a fault until a later one of its kind passes; a kind that never
 * passed is due `everyDays` after the day on which the console went into use.
 */
import { daysAfter, dayOf } from '../days.ts';
import { drillKindNames, drillKinds, type DrillKind } from './kinds.ts';

/** How a kind stands: its newest drill, and its newest that passed. */
export type DrillStanding = {
  kind: DrillKind;
  newest: { id: string; endedAt: Date; passed: boolean; reason: string | null } | null;
  passedAt: Date | null;
};

export type DrillFault = {
  kind: DrillKind;
  why: 'failed' | 'overdue';
  /** The drill that failed, or the newest there is; null where there is none. */
  drill: string | null;
  /** The last day on which the next one is in time, yyyy-mm-dd in UTC. */
  dueOn: string;
  severity: 'high' | 'medium';
  article: string;
  /** What is the matter and what to do, for the title and text of a finding. */
  title: string;
  sentence: string;
};

/** @param inUseSince the day from which a kind that never passed is counted, yyyy-mm-dd. */
export function drillDueOn(standing: DrillStanding, inUseSince: string): string {
  const from = standing.passedAt === null ? inUseSince : dayOf(standing.passedAt);
  return daysAfter(from, drillKinds[standing.kind].everyDays);
}

/**
 * At most one fault of a reason and kind, failed before overdue, in the order of the kinds.
 * @param today yyyy-mm-dd in UTC; a drill is overdue from the day after it was due.
 */
export function findDrillFaults(
  standings: readonly DrillStanding[],
  options: { today: string; inUseSince: string },
): DrillFault[] {
  return drillKindNames.flatMap((kind) => {
    const standing = standings.find((one) => one.kind === kind) ?? {
      kind,
      newest: null,
      passedAt: null,
    };
    return faultsOf(standing, options);
  });
}

function faultsOf(
  standing: DrillStanding,
  { today, inUseSince }: { today: string; inUseSince: string },
): DrillFault[] {
  const { kind, newest, passedAt } = standing;
  const { title, article, severity, everyDays, command } = drillKinds[kind];
  const dueOn = drillDueOn(standing, inUseSince);
  const common = { kind, drill: newest?.id ?? null, dueOn, severity, article };
  const faults: DrillFault[] = [];
  if (newest !== null && !newest.passed)
    faults.push({
      ...common,
      why: 'failed',
      title: `Drill failed: ${title}`,
      sentence: `The drill of ${dayOf(newest.endedAt)} failed: ${newest.reason ?? 'no reason was given.'} Remedy it and run \`${command}\` again.`,
    });
  if (today > dueOn)
    faults.push({
      ...common,
      why: 'overdue',
      title: `Drill overdue: ${title}`,
      sentence:
        passedAt === null
          ? `No such drill has passed yet; the first was due on ${dueOn}. Run \`${command}\`.`
          : `The last that passed is of ${dayOf(passedAt)}, and one is due every ${everyDays} days: it was due on ${dueOn}. Run \`${command}\`.`,
    });
  return faults;
}
