/** A rule from its form: the rule, or what is wrong in which field. Pure. */
import { findTextFault, readText, type TextRule } from '#lib/protocol/free-text.ts';
import type { PolicyConditions, PolicyOutcome, PolicyRule } from '#lib/protocol/policy.ts';
import { readAssetAmount, readEur, readSpan, type Reading } from './form-values.ts';
import type { ConditionForms, FormCondition, HoursForm, RuleForm } from './policy-form.ts';

/** What is wrong with a rule, by field: `name`, `kind`, a condition, `needs`, `delay`, `reason`. */
export type RuleFaults = Partial<Record<RuleField, string>>;
export type RuleField = FormCondition | 'name' | 'kind' | 'needs' | 'delay' | 'reason';

/** Longest wait that a policy may ask for: a month. */
export const waitMost = 2_678_400;
const peopleMost = 20;

const oneLine = (what: string, most: number): TextRule => ({
  least: 1,
  most,
  tooShort: what,
  tooLong: `At most ${most} characters.`,
});
const nameRule = oneLine('Give the rule a name.', 120);
const reasonRule = oneLine('Say why, as people will read it: “the chain is halted”.', 300);

const someOf = 'Choose at least one, or take the condition out.';
const clientShape = /^C-\d{4,10}$/;
const timeShape = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** True for a name that this browser knows as a time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Every client number in a text, each once. */
export function readClients(text: string): Reading<string[]> {
  const found = [...new Set(text.split(/[\s,;]+/u).filter(Boolean))];
  const wrong = found.find((client) => !clientShape.test(client));
  if (wrong !== undefined)
    return { ok: false, sentence: `“${wrong}” is no client number, such as C-20418.` };
  if (found.length === 0) return { ok: false, sentence: 'Name at least one client.' };
  if (found.length > 1000) return { ok: false, sentence: 'Name at most 1,000 clients.' };
  return { ok: true, value: found };
}

function hoursFault({ zone, days, from, to }: HoursForm): string | null {
  if (!isTimeZone(zone)) return 'Choose a time zone by its name, such as Europe/Berlin.';
  if (days.length === 0) return 'Choose at least one day.';
  if (!timeShape.test(from) || !timeShape.test(to)) return 'Give both times, such as 08:00.';
  return from === to ? 'Both times are the same. For whole days, write 00:00 to 23:59.' : null;
}

const oneAsset = 'Choose exactly one asset: amounts of several can’t be compared.';

/** Fills `when` from the form and notes what is wrong. */
class WhenReader {
  readonly when: PolicyConditions;
  readonly faults: RuleFaults = {};
  readonly #forms: ConditionForms;

  constructor({ kinds, when: forms }: RuleForm) {
    this.#forms = forms;
    this.when = { kinds };
    if (kinds.length === 0) this.faults.kind = 'Choose at least one kind of operation.';
  }

  #list<T>(name: FormCondition, list: T[] | undefined, take: (list: T[]) => void): void {
    if (list === undefined) return;
    if (list.length === 0) this.faults[name] = someOf;
    else take(list);
  }

  #take<T>(name: FormCondition, read: Reading<T>, take: (value: T) => void): void {
    if (read.ok) take(read.value);
    else this.faults[name] = read.sentence;
  }

  lists(): this {
    const { when } = this;
    const forms = this.#forms;
    this.#list('asset', forms.asset, (list) => (when.assets = list));
    this.#list('tier', forms.tier, (list) => (when.tiers = list));
    this.#list('vault', forms.vault, (list) => (when.vaults = list));
    this.#list(
      'destination-class',
      forms['destination-class'],
      (list) => (when.destinationClasses = list),
    );
    this.#list('risk', forms.risk, (list) => (when.risks = list));
    this.#list('standing', forms.standing, (list) => (when.standings = list));
    return this;
  }

  amounts(): this {
    const { when } = this;
    const { asset, amount, velocity, eur, shortfall } = this.#forms;
    const only = asset?.length === 1 ? asset[0] : undefined;
    const inAsset = (text: string): Reading<string> =>
      only === undefined ? { ok: false, sentence: oneAsset } : readAssetAmount(text, only, true);
    if (amount !== undefined)
      this.#take('amount', inAsset(amount), (units) => (when.amountAbove = units));
    if (shortfall !== undefined)
      this.#take('shortfall', inAsset(shortfall), (units) => (when.shortfallAbove = units));
    if (velocity !== undefined) {
      const { scope } = velocity;
      if (!/^[1-9]\d{0,2}$/.test(velocity.hours) || Number(velocity.hours) > 744)
        this.faults.velocity = 'Write a whole number of hours, from 1 to 744.';
      else
        this.#take('velocity', inAsset(velocity.above), (above) => {
          when.velocity = { scope, hours: Number(velocity.hours), above };
        });
    }
    if (eur !== undefined) this.#take('eur', readEur(eur), (cents) => (when.eurCentsAbove = cents));
    return this;
  }

  others(): this {
    const { when } = this;
    const forms = this.#forms;
    if (forms.client !== undefined)
      this.#take('client', readClients(forms.client), (clients) => (when.clients = clients));
    const age = forms['destination-age'];
    if (age !== undefined)
      this.#take('destination-age', readSpan(age, { least: 1, most: waitMost }), (seconds) => {
        when.destinationYoungerThan = seconds;
      });
    if (forms['first-use'] !== undefined) when.firstUse = forms['first-use'];
    if (forms.hours !== undefined) {
      const fault = hoursFault(forms.hours);
      if (fault !== null) this.faults.hours = fault;
      else when.hours = { ...forms.hours, days: [...forms.hours.days].sort((a, b) => a - b) };
    }
    return this;
  }
}

function readOutcome(form: RuleForm, faults: RuleFaults): PolicyOutcome {
  if (form.effect === 'deny') {
    const fault = findTextFault(form.reason, reasonRule);
    if (fault !== null) faults.reason = fault;
    const read = readText(form.reason, reasonRule);
    return { effect: 'deny', reason: read.ok ? read.text : '' };
  }
  if (form.needs.length === 0) faults.needs = 'Ask for at least one person.';
  else if (form.needs.length > 6) faults.needs = 'At most six lines.';
  const needs = form.needs.map(({ people, ...need }) => {
    const count = /^\d{1,2}$/.test(people) ? Number(people) : 0;
    if (count < 1 || count > peopleMost)
      faults.needs = `Write how many people, from 1 to ${peopleMost}.`;
    return { ...need, people: count };
  });
  const outcome: PolicyOutcome = { effect: 'allow', needs };
  if (form.delay.count !== '') {
    const read = readSpan(form.delay, { least: 1, most: waitMost });
    if (read.ok) outcome.delaySeconds = read.value;
    else faults.delay = read.sentence;
  }
  if (form.secondChannel) outcome.secondChannel = true;
  return outcome;
}

export type RuleReading = { ok: true; rule: PolicyRule } | { ok: false; faults: RuleFaults };

export function readRule(form: RuleForm): RuleReading {
  const { when, faults } = new WhenReader(form).lists().amounts().others();
  const fault = findTextFault(form.name, nameRule);
  if (fault !== null) faults.name = fault;
  const outcome = readOutcome(form, faults);
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const name = readText(form.name, nameRule);
  return { ok: true, rule: { id: form.id, name: name.ok ? name.text : '', when, outcome } };
}
