/** Answers as they stand in the fields of a form, and as facts are kept. Pure, for the browser. */
import type { FactEntry } from '#lib/incidents/desk/event.ts';
import type { Question } from './questions.ts';

/** Text of a field, or the boxes that are ticked; empty is "not known". */
export type Typed = string | readonly string[];

/** A box of its own: an answer, unlike no box at all. */
export const noneBox = 'none of the choices';

type Asked = Pick<Question, 'kind' | 'standing' | 'none'>;

/** How a value stands in its field. */
export function typedOf({ kind, none }: Asked, value: FactEntry['value']): Typed {
  if (kind === 'checks') {
    if (!Array.isArray(value)) return [];
    return value.length === 0 && none !== null ? [noneBox] : value;
  }
  if (value === null || Array.isArray(value)) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // A field for date and time takes minutes, and no zone: it is told to be UTC.
  return kind === 'time' && typeof value === 'string' ? value.slice(0, 16) : String(value);
}

/** The fact that was typed; what was not changed stays exactly as it stands. */
export function valueOf(asked: Asked, typed: Typed): FactEntry['value'] {
  const { kind, standing } = asked;
  if (isSame(typed, typedOf(asked, standing.value))) return standing.value;
  if (typeof typed !== 'string') {
    if (typed.includes(noneBox)) return [];
    return typed.length === 0 ? null : [...typed];
  }
  const text = typed.trim();
  if (text === '') return null;
  if (kind === 'yes-no') return text === 'yes';
  return kind === 'time' ? `${text}:00Z` : text;
}

const isSame = (one: Typed, other: Typed): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a person did to one question and has not saved. */
export type Draft = { typed?: Typed; estimated?: boolean; evidence?: number | null };

/** The entry to save; null where it would say what stands. */
export function entryOf(asked: Asked, draft: Draft): FactEntry | null {
  const { standing } = asked;
  const entry = {
    value: draft.typed === undefined ? standing.value : valueOf(asked, draft.typed),
    estimated: draft.estimated ?? standing.estimated,
    evidence: draft.evidence === undefined ? standing.evidence : draft.evidence,
  };
  return JSON.stringify(entry) === JSON.stringify(standing) ? null : entry;
}
