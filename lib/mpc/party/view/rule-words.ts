/** Policy rules in plain words: what each is about and what it asks for. */
import type { PolicyOutcome, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { amountText } from './amounts.ts';
import { kindNames } from './kind-names.ts';
import { inWords, shown, spanText } from './section.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "2 approvers of control" */
export function needWords({ group, decision, people }: Requirement): string {
  const noun = decision === 'approve' ? 'approver' : 'co-signer';
  return `${people} ${noun}${people === 1 ? '' : 's'} of ${group}`;
}

function conditionWords({ when }: PolicyRule): string[] {
  const asset = when.assets?.[0] ?? '';
  const words = [`kinds: ${inWords(when.kinds.map((kind) => kindNames[kind].toLowerCase()))}`];
  if (when.assets) words.push(`assets: ${inWords(when.assets)}`);
  if (when.tiers) words.push(`tiers: ${inWords(when.tiers)}`);
  if (when.vaults) words.push(`vaults: ${inWords(when.vaults)}`);
  if (when.clients) words.push(`clients: ${inWords(when.clients)}`);
  if (when.amountAbove !== undefined) words.push(`above ${amountText(when.amountAbove, asset)}`);
  if (when.eurCentsAbove !== undefined) words.push(`above ${eurText(when.eurCentsAbove)}`);
  if (when.destinationClasses)
    words.push(`destinations of the class ${inWords(when.destinationClasses)}`);
  if (when.destinationYoungerThan !== undefined)
    words.push(`destinations listed for less than ${spanText(when.destinationYoungerThan)}`);
  if (when.firstUse !== undefined)
    words.push(when.firstUse ? 'destinations never used' : 'destinations used before');
  if (when.velocity) {
    const { scope, hours, above } = when.velocity;
    words.push(`more than ${amountText(above, asset)} in ${hours} hours by ${scope}`);
  }
  if (when.hours) {
    const { zone, days, from, to, holds } = when.hours;
    const named = days.map((day) => WEEKDAYS[day - 1] ?? '');
    words.push(`${holds} ${from} to ${to} on ${inWords(named)} in ${zone}`);
  }
  if (when.risks) words.push(`risk verdict ${inWords(when.risks)}`);
  if (when.standings) words.push(`client standing ${inWords(when.standings)}`);
  if (when.shortfallAbove !== undefined)
    words.push(`the books short of more than ${amountText(when.shortfallAbove, asset)}`);
  return words;
}

/** `12.34 EUR` from cents. */
const eurText = (cents: string): string => {
  const digits = cents.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} EUR`;
};

export function outcomeWords(outcome: PolicyOutcome): string {
  if (outcome.effect === 'deny') return `refused: ${shown(outcome.reason)}`;
  const asks = [inWords(outcome.needs.map(needWords))];
  if (outcome.delaySeconds !== undefined) asks.push(`a wait of ${spanText(outcome.delaySeconds)}`);
  if (outcome.secondChannel) asks.push("the code of each person's own party");
  return `needs ${asks.join('; ')}`;
}

/** A whole rule on one line, in the words above. */
export const ruleWords = (rule: PolicyRule): string =>
  `${shown(rule.name)} (${rule.id}): ${conditionWords(rule).join('; ')}; ${outcomeWords(rule.outcome)}`;
