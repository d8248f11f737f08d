/** Reads the facts and texts of a record as people or programs give them. Pure. */
import type { z } from 'zod';
import { readText } from '#lib/protocol/free-text.ts';
import type { AnyRules, Fault, Texts } from './kind-rules.ts';

/** The most that the facts of a record take, as JSON in UTF-8. */
export const factsBytesMax = 64 * 1024;

export type Reading<T> = { ok: true; value: T } | { ok: false; faults: Fault[] };

/** Facts as the kind's schema has them, or each field that is wrong with its reason. */
export function readFacts(rules: AnyRules, given: unknown): Reading<unknown> {
  const asked = rules.facts.safeParse(given);
  if (!asked.success) return { ok: false, faults: asked.error.issues.flatMap(faultsOfIssue) };
  const bytes = Buffer.byteLength(JSON.stringify(asked.data));
  if (bytes > factsBytesMax)
    return {
      ok: false,
      faults: [
        {
          field: 'record',
          reason: 'This is more than one record holds (64 KB). Split it, for example by service.',
        },
      ],
    };
  return { ok: true, value: asked.data };
}

const isOurs = (message: string): boolean => /^[A-Z].*\.$/.test(message);

function faultsOfIssue(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, 5).map((key) => ({
      field: [...path, key].join('.').slice(0, 200),
      reason: 'There is no such field.',
    }));
  const reason = isOurs(issue.message) ? issue.message : 'This is missing or not as asked.';
  return [{ field: path.join('.') || 'record', reason }];
}

/**
 * Texts as they are kept. A field that is not given stays as it is; an empty one is taken away.
 * @param before the texts that stand now, with `(erased)` for those that were erased.
 * @returns what is written anew, and all texts as they then stand.
 */
export function readTexts(
  rules: Pick<AnyRules, 'texts'>,
  given: Readonly<Record<string, string>>,
  before: Texts,
): Reading<{ written: Texts; all: Texts }> {
  const faults: Fault[] = [];
  const written: Record<string, string> = {};
  const all: Record<string, string> = { ...before };
  for (const [field, text] of Object.entries(given)) {
    const rule = Object.hasOwn(rules.texts, field) ? rules.texts[field] : undefined;
    if (!rule) {
      faults.push({ field: field.slice(0, 200), reason: 'There is no such field.' });
      continue;
    }
    const reading = readText(text, text.trim() === '' ? { ...rule, least: 0 } : rule);
    if (!reading.ok) faults.push({ field, reason: reading.sentence });
    else if (reading.text !== (before[field] ?? '')) {
      written[field] = reading.text;
      all[field] = reading.text;
    }
  }
  for (const [field, rule] of Object.entries(rules.texts))
    if (
      rule.asked === true &&
      (all[field] ?? '') === '' &&
      !faults.some((one) => one.field === field)
    )
      faults.push({ field, reason: rule.tooShort });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { written, all } };
}
