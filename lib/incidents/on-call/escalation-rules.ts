/**
 * When somebody higher up is called without being asked: nobody answered, or a time limit is close or over.
 * Figures are the house's own, as data. Pure.
 */
import type { Standing } from '../desk/fold.ts';

export const levels = {
  1: 'Incident manager on call',
  2: 'Head of operations on call',
  3: 'Management body on call',
} as const;
export type Level = 1 | 2 | 3;

export type EscalationRule = {
  id: string;
  level: Level;
  /** As people read it. */
  because: string;
  when:
    | { unansweredMinutes: number; severityAtMost?: number }
    /** Percent of a time limit that is used up. */
    | { clockPercent: number };
};

export const escalationRules: readonly EscalationRule[] = [
  {
    id: 'opened',
    level: 1,
    because: 'It was opened',
    when: { unansweredMinutes: 0 },
  },
  {
    id: 'unanswered-15',
    level: 2,
    because: 'Nobody acknowledged it within 15 minutes',
    when: { unansweredMinutes: 15 },
  },
  {
    id: 'unanswered-45',
    level: 3,
    because: 'Nobody acknowledged it within 45 minutes',
    when: { unansweredMinutes: 45 },
  },
  {
    id: 'clock-80',
    level: 2,
    because: 'Four fifths of a time limit are over',
    when: { clockPercent: 80 },
  },
  {
    id: 'clock-over',
    level: 3,
    because: 'A time limit is over',
    when: { clockPercent: 100 },
  },
];

/** A severe one goes to the management body at once (DORA Art 17(3)(e)). */
export const severeRule: EscalationRule = {
  id: 'severe',
  level: 3,
  because: 'It is critical, or was classified as major',
  when: { unansweredMinutes: 0 },
};

type Looked = Pick<Standing, 'state' | 'acknowledgedAt' | 'escalation' | 'severity' | 'class'>;

/**
 * The rule that calls a level higher than was called so far; null when nobody is to be called.
 * @param openedAt when it came to the desk.
 * @param usedPercent of the time limit that is nearest to its end; null where none runs.
 */
export function dueEscalation(
  standing: Looked,
  { openedAt, usedPercent, now }: { openedAt: Date; usedPercent: number | null; now: Date },
): EscalationRule | null {
  if (standing.state !== 'new' && standing.state !== 'working') return null;
  const waited = (now.getTime() - openedAt.getTime()) / 60_000;
  const isDue = ({ when }: EscalationRule): boolean =>
    'clockPercent' in when
      ? usedPercent !== null && usedPercent >= when.clockPercent
      : standing.acknowledgedAt === null && waited >= when.unansweredMinutes;
  const isSevere = standing.severity === 1 || standing.class === 'major';
  const due = [...escalationRules.filter(isDue), ...(isSevere ? [severeRule] : [])];
  const highest = due.toSorted((a, b) => b.level - a.level)[0];
  return highest && highest.level > standing.escalation ? highest : null;
}
