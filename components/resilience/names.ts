/** Names of what a record names, by id. Pure. */
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import type { Tie } from '#lib/resilience/records/view-record.ts';

export type Named = { name: string; kind: Kind | null };
export type Names = ReadonlyMap<string, Named>;

export const tieName = ({ name, ref }: Pick<Tie, 'name' | 'ref'>): string => name ?? ref;

export const namesOf = (ties: readonly Tie[], { people }: Pick<Choices, 'people'>): Names =>
  new Map<string, Named>([
    ...people.map(({ id, name }) => [id, { name, kind: null }] as const),
    ...ties.map((tie) => [tie.id, { name: tieName(tie), kind: tie.kind }] as const),
  ]);
