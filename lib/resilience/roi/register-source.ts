/** Where the rows of a register come from: records of the console, a package, a spreadsheet. */
import type { Row, TemplateCode } from './column.ts';

export type RegisterSource = {
  /** Rows of a template in the spelling of the files, as they come. */
  rows: (template: TemplateCode) => AsyncIterable<Row>;
};
