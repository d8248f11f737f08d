/** What a proposed policy changes against the one in force here, line by line. */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { OwnVault, Policy } from '#lib/protocol/policy.ts';
import { amountText } from './amounts.ts';
import { ruleWords } from './rule-words.ts';
import { inWords, shown, spanText, utc } from './section.ts';

const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);

function ruleChanges(before: Policy, after: Policy): string[] {
  const had = new Map(before.rules.map((rule) => [rule.id, rule]));
  const has = new Set(after.rules.map(({ id }) => id));
  const kept = (policy: Policy, other: ReadonlyMap<string, unknown> | ReadonlySet<string>) =>
    policy.rules.map(({ id }) => id).filter((id) => other.has(id));
  return [
    ...after.rules.flatMap((rule, place) => {
      const old = had.get(rule.id);
      if (!old) return [`Rule ${place + 1} is new: ${ruleWords(rule)}`];
      return same(old, rule)
        ? []
        : [`Rule ${place + 1} changes from ${ruleWords(old)} — to ${ruleWords(rule)}`];
    }),
    ...before.rules
      .filter(({ id }) => !has.has(id))
      .map((rule) => `A rule is taken out: ${ruleWords(rule)}`),
    ...(same(kept(after, had), kept(before, has)) ? [] : ['The order of the rules changes.']),
  ];
}

const capText = ({ asset, perOperation, perDay }: Policy['caps'][number]): string =>
  `${amountText(perOperation, asset)} in one withdrawal${perDay === undefined ? '' : `, ${amountText(perDay, asset)} in 24 hours`}`;

function capChanges(before: Policy, after: Policy): string[] {
  const assets = new Set([...before.caps, ...after.caps].map(({ asset }) => asset));
  return [...assets].flatMap((asset) => {
    const [was, is] = [before, after].map((of) => of.caps.find((cap) => cap.asset === asset));
    if (same(was ?? null, is ?? null)) return [];
    return [
      `Cap of ${asset}: ${is ? capText(is) : 'none, so none can leave'} in place of ${was ? capText(was) : 'none'}`,
    ];
  });
}

function waitChanges(before: Policy, after: Policy): string[] {
  const lines: string[] = [];
  if (before.timeLockSeconds !== after.timeLockSeconds)
    lines.push(
      `Time-lock: ${spanText(after.timeLockSeconds ?? 0)} in place of ${spanText(before.timeLockSeconds ?? 0)}`,
    );
  if (!same(before.audit ?? null, after.audit ?? null))
    lines.push(
      after.audit
        ? `An external audit finished at ${utc(after.audit.finishedAt)} is recorded, so the caps per key end.`
        : 'No external audit is on record any more.',
    );
  return lines;
}

/** Parts that are compared as a whole; their digest is under the operation's. */
const otherParts = {
  lifetimes: 'how long statements count',
  coldWithdrawalSeconds: 'how long statements about withdrawals from cold vaults count',
  sources: 'whose signed word counts for prices, verdicts, standings and shortfalls',
  book: 'cool-down, first payments and certification of destinations',
  keyCaps: 'what may leave under one key',
} as const;

/** A vault that this party holds a share of, with the address that it derives itself. */
export type HeldVault = { id: string; chain: string; address: string };

const isSamePlace = (a: OwnVault, b: OwnVault): boolean =>
  a.chain === b.chain && a.address === b.address;

/** What a party without a share has to go by; it takes nothing over whose receipts don't hold. */
const vouchedFor = ({ receipts = [] }: OwnVault): string =>
  receipts.length === 0
    ? 'This party holds no share of that vault and cannot check the address: compare it on the page of a party that holds one.'
    : `This party holds no share of that vault. ${inWords(receipts.map(({ party }) => party))} signed that it is the address of their key, which this party checks before it takes the policy over.`;

/** Transfers may go there without anybody's listing, so each address stands in full, and what this party makes of it. */
function ownVaultChanges(before: Policy, after: Policy, held: readonly HeldVault[]): string[] {
  const had = new Map((before.ownVaults ?? []).map((entry) => [entry.vault, entry]));
  const has = new Set((after.ownVaults ?? []).map(({ vault }) => vault));
  const checked = (entry: OwnVault): string => {
    const { vault, chain, address } = entry;
    const own = held.find(({ id }) => id === vault);
    if (!own) return vouchedFor(entry);
    return own.chain === chain && own.address === address
      ? 'This party derives the same address from its own key.'
      : `THIS PARTY DERIVES ANOTHER ADDRESS: ${shown(own.address)} on ${shown(own.chain)}.`;
  };
  return [
    ...(after.ownVaults ?? []).flatMap((entry) => {
      const old = had.get(entry.vault);
      if (old && same(old, entry)) return [];
      if (old && isSamePlace(old, entry))
        return [`Changed: who vouches for vault ${shown(entry.vault)}. ${checked(entry)}`];
      const place = `${shown(entry.address)} on ${shown(entry.chain)}`;
      const what = old
        ? `Transfers to vault ${shown(entry.vault)} may go to ${place} in place of ${shown(old.address)} on ${shown(old.chain)}.`
        : `Transfers may go to vault ${shown(entry.vault)} at ${place}.`;
      return [`${what} ${checked(entry)}`];
    }),
    ...[...had.values()]
      .filter(({ vault }) => !has.has(vault))
      .map(
        ({ vault, address }) =>
          `No transfer may go to vault ${shown(vault)} at ${shown(address)} any more.`,
      ),
  ];
}

/** @param held vaults whose address this party derives itself. */
export function policyChanges(before: Policy, after: Policy, held: readonly HeldVault[]): string[] {
  const lines = [
    // First, so that no length of the rest cuts them off.
    ...ownVaultChanges(before, after, held),
    ...ruleChanges(before, after),
    ...capChanges(before, after),
    ...waitChanges(before, after),
    ...(Object.keys(otherParts) as (keyof typeof otherParts)[])
      .filter((part) => !same(before[part] ?? null, after[part] ?? null))
      .map((part) => `Changed: ${otherParts[part]}`),
  ];
  return lines.length === 0 ? ['Nothing but the version changes.'] : lines;
}
