/** Lines to start a correction from, as far as what is wrong says them. An empty account is for a person to fill in. Pure. */
import { assets, currencies } from '#lib/chains/assets.ts';
import {
  missingAccount,
  ownFundsAccount,
  ownInVaultAccount,
  suspenseAccount,
  vaultAccount,
} from '#lib/ledger/accounts.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { assetOfAccount, type CorrectionLine } from '#lib/protocol/correction.ts';
import type { TypedLine } from './read-lines.ts';
import type { Missing } from './read-missing.ts';

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

/**
 * Says that what came to the custodian's own account in a vault is the custodian's: owed to nobody, and out of what lies
 * in the vault for clients.
 * @param units what is left of the entry, smallest unit, more than zero.
 */
export function ownCoinsOf(
  { account, vault, journal }: { account: string; vault: string; journal: string },
  units: bigint,
): Suggestion {
  const asset = assetOfAccount(account);
  return {
    corrects: journal,
    lines: [
      typedLine(account, units),
      typedLine(ownFundsAccount(asset), -units),
      typedLine(ownInVaultAccount(vault, asset), units),
      typedLine(vaultAccount(vault, asset), -units),
    ],
  };
}

/**
 * Makes good what went out unexplained, by a payment of our own that arrived. Where none is known, who bears it
 * is for the person to name: whose payment it was, where the bank paid a client out.
 */
export const makeGood = ({ account, asset, units, payment }: Missing): Suggestion => ({
  corrects: payment?.journal ?? null,
  lines: [typedLine(payment?.account ?? '', units, asset), typedLine(account, -units)],
});

/** Kinds of journal that say what the chain did: taken back whole, the books would no longer say it. */
const chainKinds: ReadonlySet<string> = new Set([
  'withdrawal',
  'deposit',
  'deposit-reversal',
  'vault-transfer',
  'network-fee',
]);

/** Whether the chain confirmed what a journal of this kind books. */
export const isOfChain = (kind: string): boolean => chainKinds.has(kind);

type Corrected = JournalLines & { kind: string; corrects: string | null };

/**
 * What to start from where a person corrects one journal: its reversal, unless somebody outside says that it
 * happened. What a bank took is made good or explained, and moved to what is missing where books of before
 * took it from what is owed. What it took back of an entry is out of suspense rightly, so nothing is offered.
 */
export function correctionOf(journal: Corrected): Suggestion {
  const { id, kind, corrects } = journal;
  if (isOfChain(kind)) return { corrects: id, lines: [] };
  if (kind === 'bank-entry') {
    for (const [account, units] of netLines(journal.lines)) {
      if (units < 0n) continue;
      const asset = assetOfAccount(account);
      if (account.startsWith('missing/'))
        return { ...makeGood({ account, asset, units, payment: null }), corrects: id };
      if (account.startsWith('suspense/') && corrects === null)
        return {
          corrects: id,
          lines: [typedLine(account, -units), typedLine(missingAccount(asset), units)],
        };
    }
    if (corrects !== null) return { corrects: id, lines: [] };
  }
  return reversalOf(journal);
}

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
  /** What went out unexplained in this asset, up to the difference; null where nothing is missing. */
  missing: Missing | null;
};

/** What brings the books to what the outside says. */
export function answerTo({
  account,
  asset,
  amount,
  kind,
  journal,
  hasOutside,
  missing,
}: Differing): Suggestion {
  if (account === null)
    return missing && amount < 0n ? makeGood(missing) : { corrects: null, lines: [] };
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
  const other = unknownSide(asset, amount, kind);
  return {
    corrects: null,
    lines: [typedLine(account, amount), typedLine(other, -amount, asset)],
  };
}

/** What came and nobody had booked belongs to somebody; what left a bank is missing; what left a vault, only a person can say. */
function unknownSide(asset: string, amount: bigint, kind: string): string {
  if (amount > 0n) return suspenseAccount(asset, kind === 'bank' ? 'bank' : 'deposits');
  return kind === 'bank' ? missingAccount(asset) : '';
}
