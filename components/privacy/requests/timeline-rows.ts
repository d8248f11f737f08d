import type { RequestView } from '#lib/privacy/requests/view-request.ts';

type RequestEvent = RequestView['events'][number];
type Collected = Extract<RequestEvent, { kind: 'collected' }>;
/** What one entry of the timeline tells: an event, or the systems that one person collected from one after the other. */
export type TimelineRow =
  | { kind: 'event'; event: RequestEvent }
  | { kind: 'collecting'; first: Collected; last: Collected; systems: number; records: number };

/**
 * Entries of the timeline, in the order of the events. A look through all systems is a dozen events in a row, between
 * which what decides would be lost, so it is one entry; a system that was looked through twice counts once, by its last.
 */
export function timelineRows(events: readonly RequestEvent[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (let at = 0; at < events.length;) {
    const run = runFrom(events, at);
    const [first] = run;
    const event = events[at];
    const last = run.at(-1);
    if (!event) break;
    if (run.length > 1 && first && last) {
      const bySystem = new Map(run.map(({ facts }) => [facts.system, facts.found]));
      const records = [...bySystem.values()].reduce((sum, found) => sum + found, 0);
      rows.push({ kind: 'collecting', first, last, systems: bySystem.size, records });
    } else rows.push({ kind: 'event', event });
    at += Math.max(1, run.length);
  }
  return rows;
}

function runFrom(events: readonly RequestEvent[], from: number): Collected[] {
  const run: Collected[] = [];
  for (const event of events.slice(from)) {
    if (event.kind !== 'collected' || (run[0] && event.by !== run[0].by)) break;
    run.push(event);
  }
  return run;
}
