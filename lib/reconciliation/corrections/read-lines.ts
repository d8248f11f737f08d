/** The lines of a correction as somebody typed them, and what is wrong with them. Pure. */
import { assets, currencies } from '#lib/chains/assets.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import {
  assetOfAccount,
  correctionLinesMax,
  ledgerAccountName,
  unbalancedAssets,
  type CorrectionLine,
} from '#lib/protocol/correction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { unitsText } from '../amount-text.ts';

export type TypedLine = { account: string; side: 'debit' | 'credit'; amount: string };

export type LinesRefusal =
  | 'too-few-lines'
  | 'too-many-lines'
  | 'account-unknown'
  | 'asset-not-kept'
  | 'amount-invalid'
  | 'zero-line'
  | 'account-twice'
  | 'unbalanced';

/** @returns lines in the smallest unit, debits above zero. */
export function readLines(typed: readonly TypedLine[]): Result<CorrectionLine[], LinesRefusal> {
  const lines: CorrectionLine[] = [];
  for (const { account, side, amount } of typed) {
    const name = account.trim();
    if (!ledgerAccountName.safeParse(name).success) return accountUnknown(name);
    const asset = assetOfAccount(name);
    const decimals = decimalsOf(asset);
    if (decimals === null) return assetNotKept(asset);
    const read = parseAmount(amount.trim(), decimals);
    if (!read.ok)
      return refuse(
        read.fault === 'zero' ? 'zero-line' : 'amount-invalid',
        `${name}: ${amountSentence(read.fault, asset, decimals)}`,
      );
    lines.push({ account: name, amount: (side === 'debit' ? read.value : -read.value).toString() });
  }
  const fault = findLinesFault(lines);
  return fault ?? ok(lines);
}

/** Digits after the point; nobody vouches for those of a token outside the registry, so it is written in its smallest unit. */
function decimalsOf(asset: string): number | null {
  if (isUnknownAsset(asset)) return 0;
  return [...assets, ...currencies].find(({ code }) => code === asset)?.decimals ?? null;
}

/** What is wrong with lines whatever the balances are; null when nothing is. */
export function findLinesFault(lines: readonly CorrectionLine[]): Refused<LinesRefusal> | null {
  if (lines.length < 2)
    return refuse(
      'too-few-lines',
      'A correction has two lines or more: what one account gets, another gives.',
    );
  if (lines.length > correctionLinesMax)
    return refuse(
      'too-many-lines',
      `A correction has at most ${correctionLinesMax} lines, so that a second person can read it. Raise several.`,
    );
  const names = new Set<string>();
  for (const { account } of lines) {
    if (names.has(account))
      return refuse(
        'account-twice',
        `${account} stands there twice. Put its amounts into one line.`,
      );
    names.add(account);
  }
  const [first] = unbalancedAssets(lines);
  if (!first) return null;
  const { asset, debits, credits } = first;
  return refuse(
    'unbalanced',
    `In ${asset} the debits are ${unitsText(debits, asset)} and the credits ${unitsText(credits, asset)}. They must be the same, asset by asset.`,
  );
}

export const accountUnknown = (name: string): Refused<'account-unknown'> =>
  refuse(
    'account-unknown',
    name === ''
      ? 'Name the account of each line, such as client/C-20418/SOL.'
      : `There is no account ${name.slice(0, 100)}. Take its name from its page in the ledger, such as client/C-20418/SOL.`,
  );

const assetNotKept = (asset: string): Refused<'asset-not-kept'> =>
  refuse('asset-not-kept', `${asset} is no asset that is kept here, or it is kept no more.`);
