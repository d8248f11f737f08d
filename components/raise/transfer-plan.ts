/** What a transfer form says so far: what is wrong with it, and the shares before and after. Pure. */
import { findChain } from '#lib/chains/registry.ts';
import type {
  TransferOptions,
  TransferVault,
} from '#lib/operations/transfers/list-transfer-options.ts';
import { shareOf } from '#lib/operations/tiers/tier-band.ts';
import { amountSentence, formatAmount, parseAmount } from '#lib/protocol/amount.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { FieldErrors } from './read-form.ts';

export type Chosen = { from: string; to: string; asset: string; amount: string };

export type TierChange = {
  tier: string;
  /** Hundredths of a percent; null of nothing. */
  before: number | null;
  /** Null while the amount is not one that can move. */
  after: number | null;
};

const tiers = ['cold', 'warm', 'hot'] as const;

const unitsIn = (vault: TransferVault | undefined, asset: string): bigint =>
  BigInt(vault?.holdings.find((row) => row.asset === asset)?.units ?? 0);

const find = ({ vaults }: TransferOptions, id: string): TransferVault | undefined =>
  vaults.find((vault) => vault.id === id);

export const decimalsIn = ({ assets }: TransferOptions, asset: string): number =>
  assets.find((entry) => entry.asset === asset)?.decimals ?? 0;

/** What the source has, exact decimal text; null while none is chosen. */
export function availableText(options: TransferOptions, { from, asset }: Chosen): string | null {
  const vault = find(options, from);
  return vault
    ? `${formatAmount(unitsIn(vault, asset), decimalsIn(options, asset))} ${asset}`
    : null;
}

type Reading = { ok: true; units: bigint } | { ok: false; sentence: string };

function readAmount(options: TransferOptions, { from, asset, amount }: Chosen): Reading {
  const decimals = decimalsIn(options, asset);
  const parsed = parseAmount(amount, decimals);
  if (!parsed.ok) return { ok: false, sentence: amountSentence(parsed.fault, asset, decimals) };
  const vault = find(options, from);
  const has = unitsIn(vault, asset);
  if (vault && parsed.value > has)
    return {
      ok: false,
      sentence: `By the ledger ${formatAmount(has, decimals)} ${asset} lies in ${vault.name}. Enter at most that.`,
    };
  return { ok: true, units: parsed.value };
}

const ownerShape = /^(?:custodian|C-\d{4,10})$/;

/** Where each owner has an account of its own in the vault, so that a transfer says whose moves. */
export const hasOwners = (vault: TransferVault | undefined): boolean =>
  vault !== undefined && findChain(vault.chain)?.accounts === 'by-owner';

export function transferErrors(
  options: TransferOptions,
  chosen: Chosen,
  { reason, owner = '' }: { reason: string; owner?: string },
): FieldErrors {
  const errors: FieldErrors = {};
  const [from, to] = [find(options, chosen.from), find(options, chosen.to)];
  if (!from) errors['from'] = 'Choose the vault that the coins leave.';
  if (!to) errors['to'] = 'Choose the vault that gets them.';
  else if (from?.id === to.id) errors['to'] = 'Choose another vault than the one they leave.';
  else if (from && from.chain !== to.chain)
    errors['to'] = 'Choose a vault on the same chain as the one they leave.';
  if (hasOwners(from) && !ownerShape.test(owner))
    errors['owner'] = 'Write a client’s number such as C-20418, or custodian.';
  const reading = readAmount(options, chosen);
  if (!reading.ok) errors['amount'] = reading.sentence;
  const fault = findTextFault(reason, textRules.reason);
  if (fault !== null) errors['reason'] = fault;
  return errors;
}

/** What the server said against fields, less those that have another value now than the one it was said of. */
export const stillRefused = (
  refused: FieldErrors,
  { sent, chosen }: { sent: Chosen; chosen: Chosen },
): FieldErrors =>
  Object.fromEntries(
    Object.entries(refused).filter(([field]) => !isChosen(field) || sent[field] === chosen[field]),
  );

const isChosen = (field: string): field is keyof Chosen =>
  ['from', 'to', 'asset', 'amount'].includes(field);

/** Shares of the asset by tier, as the ledger stands and as they would be. */
export function tierChanges(options: TransferOptions, chosen: Chosen): TierChange[] {
  const { asset } = chosen;
  const reading = readAmount(options, chosen);
  const [from, to] = [find(options, chosen.from), find(options, chosen.to)];
  const isMoved = reading.ok && from && to && from.id !== to.id && from.chain === to.chain;
  const sum = (tier: string): bigint =>
    options.vaults
      .filter((vault) => vault.tier === tier)
      .reduce((all, vault) => all + unitsIn(vault, asset), 0n);
  const total = tiers.reduce((all, tier) => all + sum(tier), 0n);
  return tiers.map((tier) => {
    const before = sum(tier);
    const moved = reading.ok ? reading.units : 0n;
    const after = before - (from?.tier === tier ? moved : 0n) + (to?.tier === tier ? moved : 0n);
    return {
      tier,
      before: shareOf(before, total),
      after: isMoved ? shareOf(after, total) : null,
    };
  });
}
