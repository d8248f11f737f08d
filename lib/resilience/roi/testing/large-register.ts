/** A register of many contracts in which nothing is wrong, made as it is read. */
import type { Row, TemplateCode } from '../column.ts';
import type { RegisterSource } from '../register-source.ts';
import { sampleRows } from './sample-register.ts';

/** The cells of a row in which each contract has rows of its own, under its own reference. */
const renamed = (row: Row, copy: number): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, text]) => [
      column,
      /^C-\d$/.test(text) ? `${text}-${copy}` : text,
    ]),
  );

const perContract: ReadonlySet<TemplateCode> = new Set([
  'B_02.01',
  'B_02.02',
  'B_03.01',
  'B_03.02',
  'B_04.01',
  'B_05.02',
  'B_07.01',
]);

/** @param contracts rounded up to the three of the sample */
export function largeRegister(contracts: number): RegisterSource {
  const sample = sampleRows();
  return {
    rows: async function* rowsOf(template) {
      const copies = perContract.has(template) ? Math.ceil(contracts / 3) : 1;
      for (let copy = 1; copy <= copies; copy += 1)
        for (const row of sample[template]) yield renamed(row, copy);
    },
  };
}
