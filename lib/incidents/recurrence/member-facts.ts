import type { IncidentFacts } from '../classification.ts';
import type { FactEntry } from '../desk/event.ts';

/** Facts of the classification as flat entries, without those that are not known. */
export function readMemberFacts(facts: IncidentFacts): [string, FactEntry['value']][] {
  const { reputational, ...flat } = facts;
  const all: [string, unknown][] = [
    ...Object.entries(flat),
    ...Object.entries(reputational ?? {}).map(([name, value]): [string, unknown] => [
      `reputational.${name}`,
      value,
    ]),
  ];
  return all.flatMap(([name, value]) =>
    value === null || value === undefined
      ? []
      : [[name, Array.isArray(value) ? value.map(String) : (value as FactEntry['value'])]],
  );
}
