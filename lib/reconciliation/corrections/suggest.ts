/** Lines to start a correction from, as far as what is wrong says them. An empty account is for a person to fill in. Pure. */
import { assets, currencies } from '#lib/chains/assets.ts';
import { suspenseAccount } from '#lib/ledger/accounts.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { assetOfAccount, type CorrectionLine } from '#lib/protocol/correction.ts';
import type { TypedLine } from './read-lines.ts';

export type Suggestion = { lines: TypedLine[]; corrects: string | null };

/** A journal of the books, with its lines in the smallest unit. */
export type JournalLines = { id: string; lines: readonly CorrectionLine[] };

/** Exact decimal text as a form takes it: without marks between thousands. */
function typedAmount(units: bigint, asset: string): string {
  const known = [...assets, ...currencies].find(({ code }) => code === asset);
  return formatAmount(units < 0n ? -units : units, known?.decimals ?? 0).replaceAll(',', '');
}

/** @param units in the smallest unit; more than zero is a debit. @param asset where the account is not known. */
export function typedLine(
  account: string,
  units: bigint,
  asset = assetOfAccount(account),
): TypedLine {
  return { account, side: units > 0n ? 'debit' : 'credit', amount: typedAmount(units, asset) };
}

function netLines(lines: readonly CorrectionLine[]): [string, bigint][] {
  const sums = new Map<string, bigint>();
  for (const { account, amount } of lines)
    sums.set(account, (sums.get(account) ?? 0n) + BigInt(amount));
  return [...sums].filter(([, units]) => units !== 0n);
}

/** Takes a whole journal back: each account once, with its amount turned round. */
export const reversalOf = ({ id, lines }: JournalLines): Suggestion => ({
  corrects: id,
  lines: netLines(lines).map(([account, units]) => typedLine(account, -units)),
});

/**
 * Gives an amount that nobody had claimed to a client, who is still to be named. It names the journal that
 * brought the amount in, so that both pages tell of each other.
 * @param units what is left of it, smallest unit; with 0 the amounts are for the person to type.
 */
export const attributionOf = (suspense: string, units: bigint, journal: string): Suggestion => ({
  corrects: journal,
  lines:
    units === 0n
      ? [
          { account: suspense, side: 'debit', amount: '' },
          { account: '', side: 'credit', amount: '' },
        ]
      : [typedLine(suspense, units), typedLine('', -units, assetOfAccount(suspense))],
});

/** Kinds of journal that say what the chain did: taken back whole, the books would no longer say it. */
const chainKinds: ReadonlySet<string> = new Set([
  'withdrawal',
  'deposit',
  'vault-transfer',
  'network-fee',
]);

/** Whether the chain confirmed what a journal of this kind books. */
export const isOfChain = (kind: string): boolean => chainKinds.has(kind);

/** What to start from where a person corrects one journal: its reversal, unless the chain says it happened. */
export const correctionOf = (journal: JournalLines & { kind: string }): Suggestion =>
  isOfChain(journal.kind) ? { corrects: journal.id, lines: [] } : reversalOf(journal);

export type Differing = {
  /** The account of the books that the break is about; null where it is about all of them. */
  account: string | null;
  asset: string;
  /** Outside less books, smallest unit. */
  amount: bigint;
  kind: string;
  /** The one journal that the books' side is, where it is one. */
  journal: JournalLines | null;
  hasOutside: boolean;
};

/** What brings the books to what the outside says. */
export function answerTo({
  account,
  asset,
  amount,
  kind,
  journal,
  hasOutside,
}: Differing): Suggestion {
  if (account === null) return { corrects: null, lines: [] };
  if (journal) {
    const net = new Map(netLines(journal.lines));
    // Nobody outside has it, so all of it is taken back.
    if (!hasOutside && net.get(account) === -amount) return reversalOf(journal);
    const others = [...net.keys()].filter(
      (name) => name !== account && assetOfAccount(name) === asset,
    );
    const [other = ''] = others.length === 1 ? others : [];
    return {
      corrects: journal.id,
      lines: [typedLine(account, amount), typedLine(other, -amount, asset)],
    };
  }
  // What came and nobody had booked belongs to somebody; what left, only a person can say.
  const other = amount > 0n ? suspenseAccount(asset, kind === 'bank' ? 'bank' : 'deposits') : '';
  return {
    corrects: null,
    lines: [typedLine(account, amount), typedLine(other, -amount, asset)],
  };
}
