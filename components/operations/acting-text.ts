/** For which group somebody states, and in whose place. Pure. */
import { groupText } from '../identity/people-words.ts';
import { formatInstant } from '../ui/format.ts';

export type Acting = {
  group: string | null;
  standsInFor: { name: string; until: string } | null;
};

/** "for Control, standing in for Marek Kowalski until 27 Nov 2026, 15:00 UTC"; "Control", "No group". */
export function actingText({ group, standsInFor }: Acting): string {
  if (standsInFor === null) return groupText(group);
  const { name, until } = standsInFor;
  return `for ${groupText(group)}, standing in for ${name} until ${formatInstant(until, 'minute')}`;
}
