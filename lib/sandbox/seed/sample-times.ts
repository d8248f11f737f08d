import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';

const hourMs = 3_600_000;

/** So many hours ago, as a browser's date and time field writes it. */
export const ago = (hours: number, { clock }: Pick<Context, 'clock'>): string =>
  new Date(clock().getTime() - hours * hourMs).toISOString().slice(0, 19);

/** So many days ago, as a browser's date field writes it. */
export const dayAgo = (days: number, context: Pick<Context, 'clock'>): string =>
  ago(days * 24, context).slice(0, 10);

/** What came of a step of the sample's making. @throws when it was refused: the sample is then wrong. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.sentence);
  return result.value;
}
