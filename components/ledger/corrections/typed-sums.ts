/** What the lines of a form sum to while they are typed. Pure. */
import { assets, currencies } from '#lib/chains/assets.ts';
import { formatAmount, parseAmount } from '#lib/protocol/amount.ts';
import type { RaisedLine } from './correction-sends.ts';

/** A line as it is typed; one of the two amounts is to be empty. */
export type FormLine = { key: number; account: string; debit: string; credit: string };

export type TypedSum = { asset: string; debits: string; credits: string; isEqual: boolean };

const assetOf = (account: string): string => account.trim().split('/')[2] ?? '';

const knownAsset = (asset: string) => [...assets, ...currencies].find(({ code }) => code === asset);

/** Which line, from 1, has an amount and no account that says its asset; null when every line has one. */
export function unnamedLine(lines: readonly FormLine[]): number | null {
  const at = lines.findIndex(
    ({ account, debit, credit }) =>
      (debit.trim() !== '' || credit.trim() !== '') && !knownAsset(assetOf(account)),
  );
  return at === -1 ? null : at + 1;
}

/** Debits and credits per asset, of what can be read so far. */
export function typedSums(lines: readonly FormLine[]): TypedSum[] {
  const sums = new Map<string, { debits: bigint; credits: bigint; decimals: number }>();
  for (const { account, debit, credit } of lines) {
    const asset = assetOf(account);
    const known = knownAsset(asset);
    if (!known) continue;
    const read = (text: string): bigint => {
      const parsed = parseAmount(text.trim(), known.decimals);
      return parsed.ok ? parsed.value : 0n;
    };
    const sum = sums.get(asset) ?? { debits: 0n, credits: 0n, decimals: known.decimals };
    sums.set(asset, {
      ...sum,
      debits: sum.debits + read(debit),
      credits: sum.credits + read(credit),
    });
  }
  return [...sums].flatMap(([asset, { debits, credits, decimals }]) =>
    debits === 0n && credits === 0n
      ? []
      : [
          {
            asset,
            debits: formatAmount(debits, decimals),
            credits: formatAmount(credits, decimals),
            isEqual: debits === credits,
          },
        ],
  );
}

/** The lines as they are sent, or what is missing in a sentence. */
export function linesToSend(lines: readonly FormLine[]): RaisedLine[] | string {
  const sent: RaisedLine[] = [];
  for (const { account, debit, credit } of lines) {
    const [name, left, right] = [account.trim(), debit.trim(), credit.trim()];
    if (name === '' && left === '' && right === '') continue;
    if (left !== '' && right !== '')
      return 'A line is a debit or a credit. Empty one of the two amounts.';
    sent.push(
      left === ''
        ? { account: name, side: 'credit', amount: right }
        : { account: name, side: 'debit', amount: left },
    );
  }
  return sent;
}
