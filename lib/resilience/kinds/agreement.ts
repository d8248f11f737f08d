/**
 * Four eyes on a record: somebody agrees to what another wrote, and it stays as they agreed to it. Pure.
 *
 * What belongs to the agreement (who, when, why, and until when it holds) is told apart from the content that is agreed
 * to. Content changes only while nobody's agreement stands; the agreement only by a save of the person it names, who
 * is not the one who wrote the content.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Becoming, Fault, Texts } from '../records/kind-rules.ts';

/** Whose agreement stands in the facts of a record. */
export type Agreed = {
  /** The field that names the person. */
  field: string;
  who: string;
  /** What they do and what it then is: “approves”, “approved”. */
  does: string;
  done: string;
  /** How it is taken away, for a sentence: “Put it back to draft”. */
  undo: string;
};

export type Agreement<F> = {
  /** Facts and texts that belong to the agreement; all others are content. */
  facts: readonly (keyof F & string)[];
  texts: readonly string[];
  /** Null where nobody's agreement stands. */
  of: (facts: F) => Agreed | null;
};

/** What may not become of a record whose content somebody agrees to. */
export function agreementFaults<F extends object>(
  agreement: Agreement<F>,
  { before, after, by, wroteBy, texts }: Becoming<F>,
): Fault[] {
  const now = agreement.of(after);
  if (now === null) return [];
  const { field, does } = now;
  if (before === null)
    return [{ field, reason: `Another person than the one who writes it ${does} it.` }];
  const was = agreement.of(before);
  const isOfIt = (name: string) =>
    (agreement.facts as readonly string[]).includes(name) || agreement.texts.includes(name);
  const changed = [...changedFacts(before, after), ...changedTexts(texts)];
  const content = changed.filter((name) => !isOfIt(name));
  if (content.length > 0)
    return content.map((name) => ({
      field: name,
      reason:
        was === null
          ? `Whoever ${does} it changes nothing else in the same save. Save this change first; another person then ${does} it.`
          : `It is ${was.done} as it stands. ${was.undo} to change it; another person then ${was.does} it anew.`,
    }));
  if (was !== null && changed.length === 0) return [];
  if (now.who !== by) return [{ field, reason: `Whoever ${does} it saves that themselves.` }];
  if (wroteBy === by)
    return [{ field, reason: `Another person than the one who wrote it last ${does} it.` }];
  return [];
}

function changedFacts(before: object, after: object): string[] {
  const values = (facts: object) => new Map<string, unknown>(Object.entries(facts));
  const [was, is] = [values(before), values(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    // A field that came later reads null where an older version has none.
    (name) => !isDeepStrictEqual(was.get(name) ?? null, is.get(name) ?? null),
  );
}

const changedTexts = ({ before, after }: { before: Texts; after: Texts }): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => (before[field] ?? '') !== (after[field] ?? ''),
  );
