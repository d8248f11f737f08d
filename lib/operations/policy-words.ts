/** Words for what stands in a policy: kinds, classes, amounts, spans, hours. Pure. */
import { assets } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { ClientStanding, RiskVerdict, SpendScope } from '#lib/protocol/policy-facts.ts';
import type { FactSource } from '#lib/protocol/policy.ts';
import type { DestinationClass, VaultTier } from '#lib/protocol/scalars.ts';

export const kindPlurals: Readonly<Record<IntentKind, string>> = {
  withdrawal: 'withdrawals',
  'key-ceremony': 'key ceremonies',
  'roster-change': 'roster changes',
  'key-refresh': 'key refreshes',
  'key-repair': 'share repairs',
  'key-backup': 'share backups',
  'proof-of-control': 'proofs of control',
  'vault-transfer': 'transfers between vaults',
  'policy-change': 'policy changes',
  'destination-listing': 'destination listings',
  'destination-removal': 'destination removals',
  freeze: 'freezes',
  release: 'releases of a freeze',
  revocation: 'revocations',
};

export const tierNames: Readonly<Record<VaultTier, string>> = {
  hot: 'hot',
  warm: 'warm',
  cold: 'cold',
};

export const classNames: Readonly<Record<DestinationClass, string>> = {
  'client-wallet': 'wallets of clients',
  exchange: 'exchanges',
  custodian: 'custodians',
  other: 'other addresses',
};

export const riskNames: Readonly<Record<RiskVerdict, string>> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  severe: 'severe',
};

export const standingNames: Readonly<Record<ClientStanding, string>> = {
  good: 'good',
  'under-review': 'under review',
  blocked: 'blocked',
};

/** Over what outflows are added up, as the end of "have left …". */
export const scopeNames: Readonly<Record<SpendScope, string>> = {
  asset: 'in all',
  vault: 'from the same vault',
  client: 'for the same client',
  destination: 'to the same address',
};

export const factNames: Readonly<Record<FactSource['fact'], string>> = {
  price: 'prices in EUR',
  risk: 'risk of addresses',
  standing: 'standing of clients',
  books: 'shortfalls against the books',
};

/** What each condition looks at. */
export const conditionNouns: Readonly<Record<ConditionName, string>> = {
  kind: 'the kind of operation',
  asset: 'the asset',
  tier: 'the tier of the vault',
  vault: 'the vault',
  client: 'the client',
  amount: 'the amount',
  'destination-class': 'the class of the destination',
  'destination-age': 'how long the destination is listed',
  'first-use': 'whether the destination was paid before',
  hours: 'the time of day',
  velocity: 'what left in the hours before',
  eur: 'the value in EUR',
  risk: 'the risk of the address',
  standing: 'the standing of the client',
  shortfall: 'what is missing of the asset',
};

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a", "a and b", "a, b and c". */
export function inWords(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** Digits after the point of an asset that the console knows, null for another. */
export const decimalsOf = (asset: string): number | null =>
  assets.find(({ code }) => code === asset)?.decimals ?? null;

/** Exact, without zeros behind the last digit that says something. An unknown asset stays in units. */
export function amountText(units: string, asset: string): string {
  const decimals = decimalsOf(asset);
  if (decimals === null) return `${units} smallest units of ${asset}`;
  const text = formatAmount(BigInt(units), decimals);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} ${asset}`;
}

export const eurText = (cents: string): string => `${formatAmount(BigInt(cents), 2)} EUR`;

export const spanUnits = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** Seconds in the largest unit that leaves no rest. */
export function spanText(seconds: number): string {
  const [size, name] = spanUnits.find(([unit]) => seconds % unit === 0) ?? spanUnits[3];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

export const dayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** "Monday to Friday", "Monday and Wednesday", "every day". 1 is Monday. */
export function daysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return 'every day';
  const names = sorted.map((day) => dayNames[day - 1] ?? String(day));
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? `${names[0]} to ${names.at(-1)}` : inWords(names);
}
