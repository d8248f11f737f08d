/** The facts of an operation that nobody raised, as somebody made them up. */
import { z } from 'zod';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { spentQuestions } from '#lib/protocol/facts-of.ts';
import { intentKind, isCoinKind } from '#lib/protocol/intent-kinds.ts';
import { clientStanding, riskVerdict, type PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import {
  assetCode,
  clientId,
  destinationClass,
  instant,
  slug,
  vaultTier,
} from '#lib/protocol/scalars.ts';
import { decimalsOf } from '../policy-words.ts';

const figure = z.string().max(90);

export const madeUpForm = z.strictObject({
  kind: intentKind,
  asset: assetCode.nullable(),
  /** In the unit of the asset; empty where the kind has none. */
  amount: figure,
  vault: slug.nullable(),
  client: clientId.nullable(),
  destination: z
    .strictObject({
      class: destinationClass,
      /** Whole days since it was listed. */
      listedDays: z.int().min(0).max(100_000),
      firstUse: z.boolean(),
    })
    .nullable(),
  /** In euro; empty for what the sources say. */
  eur: figure,
  risk: riskVerdict.nullable(),
  standing: clientStanding.nullable(),
  /** What is missing of the asset against the books, in its unit; empty for what the sources say. */
  shortfall: figure,
  /** What had left before, in every window a rule looks at; in the unit of the asset. */
  spent: figure,
  at: instant,
});
export type MadeUp = z.infer<typeof madeUpForm>;

function read(text: string, name: string, decimals: number): Result<string, 'form-invalid'> {
  const parsed = parseAmount(text.trim(), decimals);
  if (parsed.ok) return ok(parsed.value.toString());
  if (parsed.fault === 'zero') return ok('0');
  return refuse('form-invalid', amountSentence(parsed.fault, name, decimals));
}

const needsVault: readonly MadeUp['kind'][] = [
  'withdrawal',
  'key-ceremony',
  'key-refresh',
  'key-repair',
  'key-backup',
  'proof-of-control',
  'vault-transfer',
];
const needsDestination: readonly MadeUp['kind'][] = ['withdrawal', 'destination-listing'];

type Base = Pick<PolicyFacts, 'kind' | 'now'>;

/** What other kinds than withdrawals have: an amount is not among it. */
function factsBeside({ kind, at, ...form }: MadeUp, tier: PolicyFacts['tier']): PolicyFacts {
  const base: Base = { kind, now: at };
  const isListing = kind === 'destination-listing';
  const facts: PolicyFacts = {
    ...base,
    asset: isListing ? form.asset : null,
    amount: null,
    tier: needsVault.includes(kind) ? tier : null,
    vault: needsVault.includes(kind) ? form.vault : null,
    client: needsDestination.includes(kind) ? form.client : null,
    destination: null,
    eurCents: null,
    shortfall: null,
    spent: [],
  };
  if (!needsDestination.includes(kind)) return { ...facts, risk: null, standing: null };
  if (form.risk !== null) facts.risk = form.risk;
  if (form.standing !== null) facts.standing = form.standing;
  if (form.destination) {
    const { class: of, listedDays, firstUse } = form.destination;
    facts.destination = isListing
      ? { class: of, ageSeconds: 0, firstUse: true }
      : { class: of, ageSeconds: listedDays * 86_400, firstUse };
  } else delete facts.destination;
  return facts;
}

/**
 * @param of.tier of the vault that is named; null for none.
 * @param of.eurCentsOf what the sources say it is worth; null where none says anything.
 * @param of.shortfall what they say is missing, in the smallest unit; null likewise.
 */
export function madeUpFacts(
  form: MadeUp,
  of: {
    tier: string | null;
    eurCentsOf: (asset: string, amount: string) => string | null;
    shortfall: string | null;
    policies: readonly Policy[];
  },
): Result<PolicyFacts, 'form-invalid'> {
  const tier = vaultTier.safeParse(of.tier).data ?? null;
  const facts = factsBeside(form, tier);
  if (!isCoinKind(form.kind)) return ok(facts);
  const { asset } = form;
  if (asset === null) return refuse('form-invalid', 'Choose an asset.');
  const decimals = decimalsOf(asset) ?? 0;
  const amount = read(form.amount, asset, decimals);
  if (!amount.ok) return amount;
  const spent = form.spent === '' ? ok('0') : read(form.spent, asset, decimals);
  if (!spent.ok) return spent;
  const eur = form.eur === '' ? null : read(form.eur, 'EUR', 2);
  if (eur && !eur.ok) return eur;
  const typed = form.shortfall === '' ? null : read(form.shortfall, asset, decimals);
  if (typed && !typed.ok) return typed;
  const shortfall = typed ? typed.value : of.shortfall;
  const cents = eur ? eur.value : of.eurCentsOf(asset, amount.value);
  const whole: PolicyFacts = {
    ...facts,
    asset,
    amount: amount.value,
    spent: spentQuestions(of.policies, asset).map((question) => ({
      ...question,
      amount: spent.value,
    })),
  };
  if (cents === null) delete whole.eurCents;
  else whole.eurCents = cents;
  if (shortfall === null) delete whole.shortfall;
  else whole.shortfall = shortfall;
  return ok(whole);
}
