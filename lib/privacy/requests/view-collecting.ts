import { systemCodes, systemOf } from '../collect/systems.ts';
import type { RequestView } from './view-request.ts';

export type CollectingLine = {
  code: string;
  name: string;
  what: string;
  /** What was found when it was last looked through; null while it was not. */
  found: { records: number; digest: string | null; at: string; by: string } | null;
};
export type CollectingView = {
  lines: CollectingLine[];
  /** Whether who looks may collect now. */
  can: boolean;
};

/** Every system that is searched for a person, with what was found in each; null where that is not asked yet. */
export function viewCollecting({
  standing,
  events,
  may,
  you,
}: Pick<RequestView, 'standing' | 'events' | 'may' | 'you'>): CollectingView | null {
  const isAsked = may.includes('collected') && standing.person !== null;
  if (!isAsked && standing.collected.size === 0) return null;
  const last = new Map(
    events.flatMap((event) => (event.kind === 'collected' ? [[event.facts.system, event]] : [])),
  );
  const lines = systemCodes.map((code) => {
    const { name, what } = systemOf(code);
    const event = last.get(code);
    return {
      code,
      name,
      what,
      found: event
        ? { records: event.facts.found, digest: event.facts.digest, at: event.at, by: event.by }
        : null,
    };
  });
  return { lines, can: isAsked && you.work };
}
