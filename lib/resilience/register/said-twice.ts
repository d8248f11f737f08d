/** What a register says in two cells that have to agree. Pure. */
import { branch, notABranch } from '../codes.ts';
import type { Row, TemplateCode } from '../roi/column.ts';
import { isNone } from './cells.ts';
import type { Place, RegisterRows } from './drafts.ts';

const cell = (row: Row, column: string): string => (row[column] ?? '').trim();

/** Columns with the code of a provider, and those that say its type again. */
const typeColumns: readonly [template: TemplateCode, code: string, type: string][] = [
  ['B_02.02', 'c0030', 'c0040'],
  ['B_03.02', 'c0020', 'c0030'],
  ['B_05.01', 'c0110', 'c0120'],
  ['B_05.02', 'c0030', 'c0040'],
  ['B_05.02', 'c0060', 'c0070'],
  ['B_07.01', 'c0020', 'c0030'],
];

/** @param types of the codes of providers, by code. */
export function findContradictions(
  rows: RegisterRows,
  types: ReadonlyMap<string, string>,
): (Place & { reason: string })[] {
  const faults: (Place & { reason: string })[] = [];
  for (const [template, code, type] of typeColumns)
    for (const [index, row] of (rows[template] ?? []).entries()) {
      const known = types.get(cell(row, code));
      const said = cell(row, type);
      if (known !== undefined && said !== '' && said !== known)
        faults.push({
          template,
          row: index + 1,
          column: type,
          reason: `B_05.01 says that this code is of another type (${known}).`,
        });
    }
  for (const [index, row] of (rows['B_04.01'] ?? []).entries()) {
    const isBranch = !isNone(cell(row, 'c0040')) && cell(row, 'c0040') !== '';
    const nature = cell(row, 'c0030');
    if (nature !== '' && nature !== (isBranch ? branch : notABranch))
      faults.push({
        template: 'B_04.01',
        row: index + 1,
        column: 'c0030',
        reason: isBranch
          ? 'A code of a branch stands in c0040, so this is a branch.'
          : 'No code of a branch stands in c0040.',
      });
  }
  return faults;
}
