/** What somebody does to a form, and what the form then holds. Pure. */
import { linesOf, rowOf, rowsOf, type Draft, type DraftRow, type DraftValue } from './draft.ts';

export type Change =
  | { at: 'fact'; name: string; value: DraftValue }
  | { at: 'text'; name: string; value: string }
  /** A cell of an object among the facts, or of line `line` of a list of them. */
  | { at: 'cell'; name: string; line: number | null; cell: string; value: string }
  | { at: 'line'; name: string; line: number; value: string }
  | { at: 'add'; name: string; value: string | DraftRow }
  | { at: 'remove'; name: string; line: number };

const replaced = <T>(list: readonly T[], at: number, value: T): T[] =>
  list.map((one, index) => (index === at ? value : one));

const withFact = (draft: Draft, name: string, value: DraftValue): Draft => ({
  ...draft,
  facts: { ...draft.facts, [name]: value },
});

export function changeDraft(draft: Draft, change: Change): Draft {
  const value = draft.facts[change.name];
  switch (change.at) {
    case 'fact':
      return withFact(draft, change.name, change.value);
    case 'text':
      return { ...draft, texts: { ...draft.texts, [change.name]: change.value } };
    case 'cell': {
      const { name, line, cell } = change;
      if (line === null) return withFact(draft, name, { ...rowOf(value), [cell]: change.value });
      const rows = rowsOf(value);
      return withFact(draft, name, replaced(rows, line, { ...rows[line], [cell]: change.value }));
    }
    case 'line':
      return withFact(draft, change.name, replaced(linesOf(value), change.line, change.value));
    case 'add':
      return typeof change.value === 'string'
        ? withFact(draft, change.name, [...linesOf(value), change.value])
        : withFact(draft, change.name, [...rowsOf(value), change.value]);
    case 'remove': {
      const rows = rowsOf(value);
      const kept = <T>(list: readonly T[]): T[] => list.filter((_, index) => index !== change.line);
      return withFact(draft, change.name, rows.length > 0 ? kept(rows) : kept(linesOf(value)));
    }
  }
}
