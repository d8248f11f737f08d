/** What the fields of a rule offer, in the words of the rule's sentence. */
import {
  capitalised,
  classNames,
  conditionNouns,
  kindPlurals,
  riskNames,
  standingNames,
  tierNames,
} from '#lib/operations/policy-words.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { FormCondition } from '../form/policy-form.ts';

export type Choice<T extends string> = { value: T; label: string };

const choicesOf = <T extends string>(names: Readonly<Record<T, string>>): Choice<T>[] =>
  (Object.entries(names) as [T, string][]).map(([value, name]) => ({
    value,
    label: capitalised(name),
  }));

/** Stops need one person and no rule, so none is offered for them. */
const stops: readonly IntentKind[] = ['destination-removal', 'freeze', 'revocation'];

export const kindChoices = choicesOf(kindPlurals).filter(({ value }) => !stops.includes(value));
export const tierChoices = choicesOf(tierNames);
export const classChoices = choicesOf(classNames);
export const riskChoices = choicesOf(riskNames);
export const standingChoices = choicesOf(standingNames);

export const conditionLabel = (name: FormCondition): string => capitalised(conditionNouns[name]);

/** What is offered, and what a rule names although it is not offered any more. */
export const withNamed = (
  offered: readonly Choice<string>[],
  named: readonly string[],
): Choice<string>[] => [
  ...offered,
  ...named
    .filter((value) => !offered.some((choice) => choice.value === value))
    .map((value) => ({ value, label: value })),
];

/** Things of this installation that rules may name. */
export type Offered = {
  assets: readonly Choice<string>[];
  vaults: readonly Choice<string>[];
};
