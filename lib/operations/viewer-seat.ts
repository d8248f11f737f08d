import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Group, Seats } from '#lib/protocol/roster.ts';
import { seatAt } from './seats.ts';

/** Whose place somebody takes, and until when (ISO instant). */
export type StandsInFor = { name: string; until: string };

/** For which group the reader states at the moment. */
export type ViewerSeat = { group: Group | null; standsInFor: StandsInFor | null };

/** @param roster the one in force; null before genesis. */
export async function viewerSeat(
  roster: Seats | null,
  personId: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<ViewerSeat> {
  const { group, standsInFor } = seatAt(roster, personId, clock().getTime());
  if (standsInFor === null) return { group, standsInFor: null };
  const { person, until } = standsInFor;
  return { group, standsInFor: { name: await operatorName(db, person), until } };
}
