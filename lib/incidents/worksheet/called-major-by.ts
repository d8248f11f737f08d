import type { IncidentEvent } from '../desk/event.ts';

/** Who called it major last: another person says that it never was. Null where nobody did. */
export const calledMajorBy = (events: readonly IncidentEvent[]): string | null =>
  events.findLast((event) => event.kind === 'classified' && event.facts.verdict === 'major')
    ?.actor ?? null;
