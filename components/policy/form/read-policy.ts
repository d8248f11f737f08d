/** A whole policy from its form: the document, or what is wrong in which field. Pure. */
import type { TimedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { readAssetAmount, readSpan, type Reading, type SpanText } from './form-values.ts';
import type { BoundForm, PolicyForm } from './policy-form.ts';
import { readRule, waitMost, type RuleFaults } from './read-rule.ts';

export type PolicyFaults = {
  /** By key of the rule's card. */
  rules: Readonly<Record<string, RuleFaults>>;
  /** By name of the field, such as `timeLock` or `caps SOL`. */
  fields: Readonly<Record<string, string>>;
};

export type PolicyReading = { ok: true; policy: Policy } | { ok: false; faults: PolicyFaults };

/** Longest time between certifications: three years. */
const validityMost = 94_608_000;

/** Name of the field of one bound of one asset. */
export const boundField = (list: string, { key }: { key: string }, place: 'first' | 'second') =>
  `${list} ${key} ${place}`;

class Reader {
  readonly fields: Record<string, string> = {};

  take<T>(field: string, read: Reading<T>): T | undefined {
    if (read.ok) return read.value;
    this.fields[field] = read.sentence;
    return undefined;
  }

  /** Undefined for a span that was left empty as well. */
  span(field: string, text: SpanText, limits: { least: number; most: number }): number | undefined {
    return text.count === '' ? undefined : this.take(field, readSpan(text, limits));
  }

  /** A span that must be there. */
  needed(field: string, text: SpanText, limits: { least: number; most: number }): number {
    return this.take(field, readSpan(text, limits)) ?? 0;
  }

  bounds(list: string, forms: readonly BoundForm[], zero: boolean) {
    return forms.map((form) => {
      const first = boundField(list, form, 'first');
      const second = boundField(list, form, 'second');
      return {
        asset: form.asset,
        first: this.take(first, readAssetAmount(form.first, form.asset, zero)) ?? '0',
        second:
          form.second === ''
            ? undefined
            : this.take(second, readAssetAmount(form.second, form.asset, zero)),
      };
    });
  }
}

function readAudit({ audit }: PolicyForm, reader: Reader): Policy['audit'] {
  if (audit === null) return undefined;
  if (!/^[0-9a-f]{64}$/.test(audit.digest))
    reader.fields['audit digest'] = 'Paste the SHA-256 of the report: 64 digits from 0 to f.';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(audit.day))
    reader.fields['audit day'] = 'Choose the day on which the audit was finished.';
  return { reportDigest: audit.digest, finishedAt: `${audit.day}T00:00:00.000Z` };
}

function readBook(form: PolicyForm, reader: Reader): Policy['book'] {
  const coolDownSeconds = reader.span('coolDown', form.coolDown, { least: 1, most: waitMost });
  const validitySeconds = reader.span('validity', form.validity, { least: 60, most: validityMost });
  const firstUseCaps = reader
    .bounds('firstUseCaps', form.firstUseCaps, false)
    .map(({ asset, first }) => ({ asset, amount: first }));
  const book = {
    ...(coolDownSeconds !== undefined && { coolDownSeconds }),
    ...(firstUseCaps.length > 0 && { firstUseCaps }),
    ...(validitySeconds !== undefined && { validitySeconds }),
  };
  return Object.keys(book).length === 0 ? undefined : book;
}

/** The parts of a policy that stand beside its rules. */
function readRest(form: PolicyForm, base: Policy, reader: Reader): Omit<Policy, 'rules'> {
  const { type, organisation, environment, version, previous } = base;
  const lifetimes = Object.fromEntries(
    Object.entries(form.lifetimes).map(([kind, text]) => [
      kind,
      reader.needed(`lifetime ${kind}`, text, { least: 60, most: waitMost }),
    ]),
  ) as Record<TimedKind, number>;
  const coldWithdrawalSeconds = reader.span('cold lifetime', form.coldWithdrawal, {
    least: 60,
    most: waitMost,
  });
  const timeLockSeconds = reader.span('timeLock', form.timeLock, { least: 1, most: waitMost });
  const book = readBook(form, reader);
  const keyCaps = reader
    .bounds('keyCaps', form.keyCaps, false)
    .map(({ asset, first }) => ({ asset, perDay: first }));
  const sources = form.sources.map(({ maxAge, ...source }) => ({
    ...source,
    maxAgeSeconds: reader.needed(`source ${source.name}`, maxAge, { least: 1, most: waitMost }),
  }));
  const audit = readAudit(form, reader);
  return {
    type,
    organisation,
    environment,
    version,
    previous,
    lifetimes,
    ...(coldWithdrawalSeconds !== undefined && { coldWithdrawalSeconds }),
    caps: reader.bounds('caps', form.caps, true).map(({ asset, first, second }) => ({
      asset,
      perOperation: first,
      ...(second !== undefined && { perDay: second }),
    })),
    ...(sources.length > 0 && { sources }),
    ...(timeLockSeconds !== undefined && { timeLockSeconds }),
    ...(book && { book }),
    ...(keyCaps.length > 0 && { keyCaps }),
    ...(audit && { audit }),
    ...(form.ownVaults.length > 0 && { ownVaults: form.ownVaults }),
  };
}

/** @param base the document that the form was made of; what no field shows is taken from it. */
export function readPolicy(form: PolicyForm, base: Policy): PolicyReading {
  const reader = new Reader();
  const rest = readRest(form, base, reader);
  if (form.rules.length === 0)
    reader.fields['rules'] = 'A policy needs at least one rule. Without one everything is refused.';
  if (form.rules.length > 500) reader.fields['rules'] = 'A policy has at most 500 rules.';
  const faults: Record<string, RuleFaults> = {};
  const rules = form.rules.flatMap((rule) => {
    const read = readRule(rule);
    if (read.ok) return [read.rule];
    faults[rule.key] = read.faults;
    return [];
  });
  if (Object.keys(faults).length > 0 || Object.keys(reader.fields).length > 0)
    return { ok: false, faults: { rules: faults, fields: reader.fields } };
  return { ok: true, policy: { ...rest, rules } };
}
