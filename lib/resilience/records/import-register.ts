import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Ok, type Refused } from '#lib/platform/result.ts';
import { templateCodes, type Row, type TemplateCode } from '../roi/column.ts';
import { columnsOf } from '../roi/templates.ts';
import type { RegisterRows } from '../register/drafts.ts';
import { beginRun, type CellFault, type Imported } from './import-run.ts';
import { takeOver } from './import-steps.ts';

export type ImportRefused = Refused<'register-invalid'> & { cells: readonly CellFault[] };

/** The most rows of all templates, and the longest text of a cell. */
export const rowsMax = 100_000;
const cellMax = 4_000;

/** Cells that are named at once; whoever mends them sees the next ones after. */
const cellsMax = 200;

/** A register of thousands of contracts is written in one transaction. */
const importMs = 300_000;

const form = z.strictObject({
  rows: z.record(
    z.string(),
    z
      .array(z.record(z.string().max(20), z.string().max(cellMax, 'A cell is too long.')))
      .max(rowsMax),
  ),
});

class Undo extends Error {
  override name = 'Undo';
  readonly cells: readonly CellFault[];
  constructor(cells: readonly CellFault[]) {
    super('The register is not taken over.');
    this.cells = cells;
  }
}

/**
 * Takes a register of information over into the records: what it names is made, or changed by a next version, and
 * what it doesn't name stays. All of it or nothing: refused with template, row, column and reason of each cell.
 * What the register knows nothing of, such as clauses and exit plans, stays as it is.
 * @param input rows by template, as the files spell them; a template that is left out is not touched.
 */
export async function importRegister(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Ok<Imported> | ImportRefused | Refused<'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'resilience:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { rows, faults } = readRows(read.form.rows);
  if (faults.length > 0) return refuseCells(faults);
  try {
    const imported = await inTransaction(
      context.db,
      async (tx) => {
        const run = await beginRun(tx, rows, { by: actor.personId, at: context.clock() });
        await takeOver(run);
        if (run.faults.length > 0) throw new Undo(run.faults);
        return run.imported;
      },
      { timeoutMs: importMs, maxWaitMs: 20_000 },
    );
    return ok(imported);
  } catch (error) {
    if (error instanceof Undo) return refuseCells(error.cells);
    throw error;
  }
}

function refuseCells(cells: readonly CellFault[]): ImportRefused {
  const [first] = cells;
  const more = cells.length > 1 ? ` (${cells.length - 1} more)` : '';
  const place = first
    ? [first.template, first.row === null ? null : `row ${first.row}`, first.column]
        .filter(Boolean)
        .join(', ')
    : '';
  return {
    ...refuse(
      'register-invalid',
      `Nothing was taken over. ${place}: ${first?.reason ?? ''}${more}`,
    ),
    cells: cells.slice(0, cellsMax),
  };
}

/** The rows of known templates and columns. */
function readRows(given: Readonly<Record<string, readonly Row[]>>): {
  rows: RegisterRows;
  faults: CellFault[];
} {
  const faults: CellFault[] = [];
  const rows: Partial<Record<TemplateCode, readonly Row[]>> = {};
  const at = (template: string, row: number | null, column: string | null, reason: string) =>
    faults.push({ template: template.slice(0, 20) as TemplateCode, row, column, reason });
  let count = 0;
  for (const [name, of] of Object.entries(given)) {
    const template = templateCodes.find((code) => code === name);
    if (!template) {
      at(name, null, null, 'There is no such template.');
      continue;
    }
    rows[template] = of;
    count += of.length;
    const known = new Set(columnsOf(template).map(({ code }) => code));
    for (const [index, row] of of.entries())
      for (const column of Object.keys(row))
        if (!known.has(column)) at(template, index + 1, column, 'There is no such column.');
  }
  if (count > rowsMax)
    at(
      'B_02.02',
      null,
      null,
      `A register of at most ${rowsMax.toLocaleString('en')} rows is taken over.`,
    );
  return { rows, faults };
}
