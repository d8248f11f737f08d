import { functionRules } from '../kinds/function.ts';
import { anyRules, type AnyRules } from './kind-rules.ts';
import type { Kind } from './kinds.ts';

const rulesOf: Readonly<Partial<Record<Kind, AnyRules>>> = {
  function: anyRules(functionRules),
};

/** The rules of a kind. @throws for one that has none. */
export function rulesFor(kind: Kind): AnyRules {
  const rules = rulesOf[kind];
  if (!rules) throw new Error(`No rules for records of kind ${kind}.`);
  return rules;
}
