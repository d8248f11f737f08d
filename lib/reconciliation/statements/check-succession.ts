/** Whether a statement follows what was imported for its account before: nothing twice, nothing left out. Pure. */
import { StatementFault, atLine, nowhere } from './refusal.ts';
import type { BankStatement } from './statement.ts';

export type PreviousStatement = Pick<BankStatement, 'sequence' | 'to' | 'closing'>;

export type Imported = {
  /** Whether a file of these very bytes was imported, for whichever account. */
  hasFile: boolean;
  /** Whether a statement of this id was imported for the account. */
  hasId: boolean;
  /** Of the statement's references, those that entries of the account have already. */
  references: ReadonlySet<string>;
  /** The account's last statement; null before the first. */
  previous: PreviousStatement | null;
};

/** @throws StatementFault for the first thing that is not so. */
export function checkSuccession(statement: BankStatement, imported: Imported): void {
  if (imported.hasFile)
    throw new StatementFault('already-imported', nowhere, 'This very file was imported before.');
  if (imported.hasId)
    throw new StatementFault(
      'id-used',
      atLine(statement.lines.id),
      'A statement of this id was imported before, with another content.',
    );
  if (imported.previous) checkNext(statement, imported.previous);
  const again = statement.entries.find(({ reference }) => imported.references.has(reference));
  if (again)
    throw new StatementFault(
      'entry-imported',
      atLine(again.line),
      'An entry with this reference of the bank was imported with an earlier statement.',
    );
}

function checkNext(statement: BankStatement, previous: PreviousStatement): void {
  const { sequence, lines } = statement;
  // Banks begin with 1 again in a new year.
  const isNewYear = sequence === 1 && statement.to.slice(0, 4) > previous.to.slice(0, 4);
  if (!isNewYear && sequence <= previous.sequence)
    throw new StatementFault(
      'sequence-repeated',
      atLine(lines.sequence),
      `The last imported statement has number ${previous.sequence}; this one must have ${previous.sequence + 1}.`,
    );
  if (!isNewYear && sequence > previous.sequence + 1)
    throw new StatementFault(
      'sequence-gap',
      atLine(lines.sequence),
      `Statements between this one and number ${previous.sequence} are missing. Import ${previous.sequence + 1} first.`,
    );
  // Banks date an opening balance with its day or with that of the closing before, so the days may touch.
  if (statement.from < previous.to)
    throw new StatementFault(
      'period-overlaps',
      atLine(lines.opening),
      `The statement begins before ${previous.to}, where the last imported one ends.`,
    );
  if (statement.opening !== previous.closing)
    throw new StatementFault(
      'opening-differs',
      atLine(lines.opening),
      'The opening balance is not the closing balance of the last imported statement.',
    );
}
