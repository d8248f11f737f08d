/** What can be done to a policy in a form: rules added, moved, taken out; conditions begun. Pure. */
import type { ConditionForms, FormCondition, PolicyForm, RuleForm } from './policy-form.ts';

/** In the order in which they are offered. */
export const formConditions = [
  'asset',
  'amount',
  'eur',
  'tier',
  'vault',
  'client',
  'destination-class',
  'destination-age',
  'first-use',
  'velocity',
  'hours',
  'risk',
  'standing',
  'shortfall',
] as const satisfies readonly FormCondition[];

/** How a condition begins: with nothing chosen where a choice is wanted. */
const beginnings: Readonly<Required<ConditionForms>> = {
  asset: [],
  tier: [],
  vault: [],
  client: '',
  amount: '',
  'destination-class': [],
  'destination-age': { count: '', unit: 86_400 },
  'first-use': true,
  hours: { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', holds: 'outside' },
  velocity: { scope: 'vault', hours: '24', above: '' },
  eur: '',
  risk: [],
  standing: [],
  shortfall: '',
};

/** Amounts of several assets can't be compared, so a condition on one brings its asset along. */
const needsAsset: ReadonlySet<FormCondition> = new Set(['amount', 'velocity', 'shortfall']);

/** @param asset the one to begin with, where there is only one. */
export function addCondition(
  when: ConditionForms,
  name: FormCondition,
  asset: string | undefined,
): ConditionForms {
  const alone = asset === undefined ? [] : [asset];
  return {
    ...when,
    [name]: name === 'asset' ? alone : beginnings[name],
    ...(needsAsset.has(name) && when.asset === undefined && { asset: alone }),
  };
}

export function removeCondition(when: ConditionForms, name: FormCondition): ConditionForms {
  const { [name]: _gone, ...rest } = when;
  return rest;
}

/** Conditions that a rule has, in the order in which they are offered. */
export const presentConditions = (when: ConditionForms): FormCondition[] =>
  formConditions.filter((name) => when[name] !== undefined);

/** The first number that no rule of the form has in its id or key. */
function freeNumber({ rules }: PolicyForm): number {
  const taken = new Set(rules.flatMap(({ id, key }) => [id, key]));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}`) || taken.has(`n${number}`)) number += 1;
  return number;
}

/** A new rule stands last, where it changes nothing that another rule decides. */
export function addRule(form: PolicyForm): { form: PolicyForm; key: string } {
  const number = freeNumber(form);
  const rule: RuleForm = {
    key: `n${number}`,
    id: `rule-${number}`,
    name: '',
    kinds: ['withdrawal'],
    when: {},
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: '1' },
      { group: 'custody', decision: 'cosign', people: '1' },
    ],
    delay: { count: '', unit: 3600 },
    secondChannel: false,
    reason: '',
  };
  return { form: { ...form, rules: [...form.rules, rule] }, key: rule.key };
}

export const changeRule = (
  form: PolicyForm,
  key: string,
  change: (rule: RuleForm) => RuleForm,
): PolicyForm => ({
  ...form,
  rules: form.rules.map((rule) => (rule.key === key ? change(rule) : rule)),
});

/** @param by -1 for one place up, 1 for one down; nothing happens at either end. */
export function moveRule(form: PolicyForm, key: string, by: -1 | 1): PolicyForm {
  const from = form.rules.findIndex((rule) => rule.key === key);
  const moved = form.rules[from];
  const other = form.rules[from + by];
  if (!moved || !other) return form;
  const rules = [...form.rules];
  rules[from] = other;
  rules[from + by] = moved;
  return { ...form, rules };
}

export const removeRule = (form: PolicyForm, key: string): PolicyForm => ({
  ...form,
  rules: form.rules.filter((rule) => rule.key !== key),
});

export const insertRule = (form: PolicyForm, rule: RuleForm, place: number): PolicyForm => ({
  ...form,
  rules: [...form.rules.slice(0, place), rule, ...form.rules.slice(place)],
});
