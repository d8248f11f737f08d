/** What the rules of a kind say of facts, for tests of the kinds: as saving asks them, without a database. */
import type { About, AnyRules, Becoming, DrillNamed, Fault } from '../records/kind-rules.ts';
import type { Kind } from '../records/kinds.ts';
import { readFacts } from '../records/read-facts.ts';
import { rulesFor } from '../records/rules-of.ts';

/** The day on which tests of the kinds take place. */
export const today = '2026-11-28';
export const one = 'p-aaaaaaaaaa';
export const two = 'p-bbbbbbbbbb';
export const three = 'p-cccccccccc';

/** All faults of facts, in the order in which saving finds them. */
export function faultsOf(
  kind: Kind,
  facts: object,
  texts: About['texts'] = {},
  drill: DrillNamed | null = null,
): Fault[] {
  const rules: AnyRules = rulesFor(kind);
  const reading = readFacts(rules, facts);
  return reading.ok ? [...rules.faultsOf(reading.value, { texts, today, drill })] : reading.faults;
}
export const fieldsOf = (
  kind: Kind,
  facts: object,
  texts: About['texts'] = {},
  drill: DrillNamed | null = null,
): string[] => faultsOf(kind, facts, texts, drill).map(({ field }) => field);
export const standing = (kind: Kind, facts: object) => {
  const reading = readFacts(rulesFor(kind), facts);
  return reading.ok ? rulesFor(kind).standingOf(reading.value) : null;
};
export const becomes = (
  kind: Kind,
  before: object | null,
  after: object,
  by: string,
  wroteBy: string | null = three,
  texts: Becoming<unknown>['texts'] = { before: {}, after: {} },
) => {
  const read = (facts: object | null) => {
    const reading = facts && readFacts(rulesFor(kind), facts);
    return reading?.ok ? reading.value : null;
  };
  return rulesFor(kind)
    .becomesOf({ before: read(before), after: read(after), by, wroteBy, texts })
    .map(({ field }) => field);
};
