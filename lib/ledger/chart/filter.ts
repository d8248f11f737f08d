/** Which accounts of the chart somebody asks for: read out of an address, each value checked. Pure. */
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { filledIn, type Asked } from '#lib/platform/search-params.ts';
import { accountKinds } from '../account-kinds.ts';

export type ChartFilter = {
  kind: string | null;
  asset: string | null;
  /** What the account's name in the ledger begins with: `C-204`, `warm`. */
  name: string | null;
};

const chartNames = ['kind', 'asset', 'name'] as const;

/** What was asked, without empty fields. */
export const chartAsked = (asked: Asked): Partial<Record<(typeof chartNames)[number], string>> =>
  filledIn(chartNames, asked);

export function readChartFilter(asked: Asked): Result<ChartFilter, 'filter-invalid'> {
  const { kind = null, asset = null, name = null } = chartAsked(asked);
  if (kind !== null && !accountKinds.includes(kind))
    return refuse('filter-invalid', 'There is no such kind of account. Choose one from the list.');
  if (asset !== null && !/^[A-Z0-9]{2,12}$/.test(asset))
    return refuse(
      'filter-invalid',
      'An asset is written as the ledger has it, such as SOL: 2 to 12 capital letters and digits.',
    );
  if (name !== null && !/^[A-Za-z0-9-]{1,64}$/.test(name))
    return refuse(
      'filter-invalid',
      'A name has letters, digits and hyphens only, such as C-204 or warm. Enter how it begins.',
    );
  return ok({ kind, asset, name });
}
