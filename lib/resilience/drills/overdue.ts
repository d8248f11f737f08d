/**
 * Which drills are overdue or failed: what has to become a finding. Pure.
 *
 * A drill counts when it passed. One that failed stays a fault until a later one of its kind passes; a kind that never
 * passed is due `everyDays` after the day on which the console went into use. What the console can't run in production
 * counts there as people record it: as a test of a plan that names the kind.
 */
import { daysAfter, dayOf } from '../days.ts';
import { drillKindNames, drillKinds, type DrillKind } from './kinds.ts';

/** How a kind stands: its newest drill, and its newest that passed; `id` is of a drill or of a test of a plan. */
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

/** One kind as it stands by what the console ran and by what people recorded. */
export function newerOf(one: DrillStanding, other: DrillStanding): DrillStanding {
  const later = <T>(a: T | null, b: T | null, at: (value: T) => Date): T | null =>
    a === null || (b !== null && at(b) > at(a)) ? b : a;
  return {
    kind: one.kind,
    newest: later(one.newest, other.newest, ({ endedAt }) => endedAt),
    passedAt: later(one.passedAt, other.passedAt, (at) => at),
  };
}

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
  const { title, article, severity, everyDays } = drillKinds[kind];
  const dueOn = drillDueOn(standing, inUseSince);
  const common = { kind, drill: newest?.id ?? null, dueOn, severity, article };
  const faults: DrillFault[] = [];
  if (newest !== null && !newest.passed)
    faults.push({
      ...common,
      why: 'failed',
      title: `Drill failed: ${title}`,
      sentence: `The drill of ${dayOf(newest.endedAt)} failed: ${newest.reason ?? 'no reason was given.'} Remedy it and ${howToHold(kind, true)}`,
    });
  if (today > dueOn)
    faults.push({
      ...common,
      why: 'overdue',
      title: `Drill overdue: ${title}`,
      sentence:
        passedAt === null
          ? `No such drill has passed yet; the first was due on ${dueOn}. ${capital(howToHold(kind, false))}`
          : `The last that passed is of ${dayOf(passedAt)}, and one is due every ${everyDays} days: it was due on ${dueOn}. ${capital(howToHold(kind, false))}`,
    });
  return faults;
}

/** Says both ways where there are two: the sentence is kept, and which way is open is a matter of the installation. */
function howToHold(kind: DrillKind, isAgain: boolean): string {
  const { command, sandboxOnly } = drillKinds[kind];
  const again = isAgain ? ' again' : '';
  return sandboxOnly
    ? `hold it${again}: in production by hand as docs/continuity.md says, and recorded as a test of a plan with this drill under “Drill held by hand”; in a sandbox with \`${command}\`.`
    : `run \`${command}\`${again}.`;
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
