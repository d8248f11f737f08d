/** Who may meet a limit by noon of the next working day (Delegated Regulation (EU) 2025/301 Art 5(4) to (6)). Pure. */
import type { ReadInput } from './deadline-input.ts';
import { relief, reliefLost, reliefWithdrawn, type Report } from './deadline-rules.ts';

export type ReliefVerdict = {
  has: boolean;
  /** A sentence with the article. */
  why: string;
};

/**
 * Whether the entity has the relief for a report, and why. The final report has it always. Art 5(5) is a closed list of
 * types that lose it, so a type that is not on it keeps it, one that nobody knows, too.
 * @param reportedAt when the incident was reported: the submission of the initial notification, and until then its
 *   limit. Where only the day of the authority's decision is known, what is reported on that very day counts as after it,
 *   so that no limit is later than another reading of the text.
 */
export function reliefOf(
  report: Report,
  { type, nis2, withdrawn }: ReadInput['entity'],
  reportedAt: number,
): ReliefVerdict {
  if (reliefLost.reports.some((lost) => lost === report)) {
    const whose = lostByType(type);
    if (whose !== null) return lost(reliefLost.article, `is not for ${whose}`);
    if (nis2) return lost(reliefLost.article, `is not for ${reliefLost.nis2}`);
  }
  if (
    reliefWithdrawn.reports.some((one) => one === report) &&
    withdrawn !== null &&
    reportedAt >= withdrawn.from
  )
    return lost(
      reliefWithdrawn.article,
      `was taken away by the authority's decision, notified on ${withdrawn.words}`,
    );
  return {
    has: true,
    why: `A limit on a weekend or bank holiday may be met by noon of the next working day: Art ${relief.article}.`,
  };
}

const lost = (article: string, how: string): ReliefVerdict => ({
  has: false,
  why: `The relief for weekends and bank holidays ${how}: Art ${article}.`,
});

function lostByType(type: string): string | null {
  return Object.hasOwn(reliefLost.types, type)
    ? reliefLost.types[type as keyof typeof reliefLost.types]
    : null;
}
