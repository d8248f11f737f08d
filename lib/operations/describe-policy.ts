/** Policy in plain words, for people who compare and sign it. Pure. */
import { assets } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { countWord } from './count-word.ts';
import { groupName } from './standing.ts';

const kindPlurals: Readonly<Record<IntentKind, string>> = {
  withdrawal: 'withdrawals',
  'key-ceremony': 'key ceremonies',
  'roster-change': 'roster changes',
  'key-refresh': 'key refreshes',
  'key-repair': 'share repairs',
  'key-backup': 'share backups',
  'policy-change': 'policy changes',
  'destination-listing': 'destination listings',
  'destination-removal': 'destination removals',
  freeze: 'freezes',
  release: 'releases of a freeze',
  revocation: 'revocations',
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a", "a and b", "a, b and c". */
export function inWords(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** Exact, without zeros behind the last digit that says something. An unknown asset stays in units. */
function amountText(units: string, asset: string): string {
  const facts = assets.find(({ code }) => code === asset);
  if (!facts) return `${units} smallest units of ${asset}`;
  const text = formatAmount(BigInt(units), facts.decimals);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} ${asset}`;
}

/** "two approvers of Control" */
export function describeNeed({ group, decision, people }: Requirement): string {
  const noun = decision === 'approve' ? 'approver' : 'co-signer';
  return `${countWord(people)} ${noun}${people === 1 ? '' : 's'} of ${groupName(group)}`;
}

/** One sentence for a rule: what it is about and what it asks for. */
export function describeRule(rule: PolicyRule): string {
  const { kinds, assets: only, tiers, amountAbove } = rule.when;
  const about = [capitalised(inWords(kinds.map((kind) => kindPlurals[kind])))];
  if (only && amountAbove === undefined) about.push(`of ${inWords(only, 'or')}`);
  if (tiers) about.push(`from ${inWords(tiers, 'or')} vaults`);
  if (amountAbove !== undefined) about.push(`above ${amountText(amountAbove, only?.[0] ?? '')}`);
  const { outcome } = rule;
  if (outcome.effect === 'deny') return `${about.join(' ')} are refused: ${outcome.reason}.`;
  return `${about.join(' ')} need ${inWords(outcome.needs.map(describeNeed))}.`;
}

/** One sentence for each cap. */
export function describeCaps(caps: Policy['caps']): string[] {
  if (caps.length === 0) return ['No asset has a cap, so nothing can leave.'];
  return caps.map(
    ({ asset, perOperation }) =>
      `At most ${amountText(perOperation, asset)} leave in one withdrawal.`,
  );
}

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** Seconds in the largest unit that leaves no rest. */
function spanText(seconds: number): string {
  for (const [size, name] of units)
    if (seconds % size === 0) return `${seconds / size} ${name}${seconds === size ? '' : 's'}`;
  return `${seconds} seconds`;
}

/** How long a signed statement counts, a sentence for each kind. */
export function describeLifetimes(lifetimes: Policy['lifetimes']): string[] {
  return Object.entries(lifetimes).map(
    ([kind, seconds]) =>
      `Statements about ${kindPlurals[kind as IntentKind]} count for ${spanText(seconds)}.`,
  );
}
