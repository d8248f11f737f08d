/** What is entered into the worksheet of a recurring incident: the facts of its members taken together. Pure. */
import type { FactEntry } from '../desk/event.ts';
import { readMemberFacts } from './member-facts.ts';
import type { RecurringGroup } from '../recurring.ts';

/** @returns facts by name; combined figures are estimates, since members may have clients in common. */
export function entriesOf(group: RecurringGroup): Record<string, FactEntry> {
  const entry = (value: FactEntry['value']): FactEntry => ({
    value,
    estimated: true,
    evidence: null,
  });
  return {
    ...Object.fromEntries(
      readMemberFacts(group.facts).map(([name, value]) => [name, entry(value)] as const),
    ),
    root_cause: { ...entry(group.root_cause), estimated: false },
  };
}
