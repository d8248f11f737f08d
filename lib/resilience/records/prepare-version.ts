/** Checks what a record is to become, over what the caller read under the lock of all records. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { asJson } from '#lib/platform/db/as-json.ts';
import { ok, type Ok } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { findNameFaults, type Lookup } from './find-name-faults.ts';
import type { NewVersion, Written } from './insert-versions.ts';
import type { AnyRules, DrillNamed, Fault, Texts } from './kind-rules.ts';
import type { Kind } from './kinds.ts';
import type { Standing } from './load-record.ts';
import { readFacts, readTexts } from './read-facts.ts';
import { refuseFaults, type RecordRefused } from './refusals.ts';
import { rulesFor } from './rules-of.ts';

export type Asked = {
  kind: Kind;
  facts: unknown;
  /** Fields that change. One that is left out stays, an empty one is taken away. */
  texts: Readonly<Record<string, string>>;
  /** Person id, or `system` for what the worker found. */
  by: string;
  at: Date;
};

/** The version to insert, or what stands already as asked. */
export type Prepared = { next: NewVersion } | { stands: Written };

/** A record as it stands, null for a new one. */
type Before = {
  before: Standing | null;
  textsBefore: Texts;
  /** Who wrote its content (`loadWriter`); whoever wrote its newest version where this is left out. */
  wroteBy?: string | null;
  /** The drill that the facts name (`loadDrillNamed`). */
  drill?: DrillNamed | null;
};

/** @param about the record as it stands, with its texts. */
export async function prepareVersion(
  lookup: Lookup,
  about: Before,
  { kind, facts, texts, by, at }: Asked,
): Promise<Ok<Prepared> | RecordRefused> {
  const { before, textsBefore } = about;
  const rules = rulesFor(kind);
  const readingFacts = readFacts(rules, facts);
  const readingTexts = readTexts(rules, texts, textsBefore);
  const faults = [
    ...(readingFacts.ok ? [] : readingFacts.faults),
    ...(readingTexts.ok ? [] : readingTexts.faults),
  ];
  if (!readingFacts.ok || !readingTexts.ok) return refuseFaults(kind, faults);
  const read = { facts: readingFacts.value, texts: readingTexts.value };
  const id = before?.id ?? randomUUID();
  const found = await findFaults(lookup, { rules, kind, id, about, read, by, at });
  if (found.length > 0) return refuseFaults(kind, found);
  const { written } = read.texts;
  const isSame =
    before?.retired === false &&
    isDeepStrictEqual(before.facts, asJson(read.facts as object)) &&
    Object.keys(written).length === 0;
  if (isSame) return ok({ stands: { id, number: before.number, version: before.version } });
  return ok({ next: { kind, id, before, facts: read.facts, written, retired: false, by, at } });
}

type Checked = {
  rules: AnyRules;
  kind: Kind;
  id: string;
  about: Before;
  read: { facts: unknown; texts: { all: Texts } };
  by: string;
  at: Date;
};

/** What is wrong with a record that its own fields alone don't tell. */
async function findFaults(
  lookup: Lookup,
  { rules, kind, id, about, read, by, at }: Checked,
): Promise<Fault[]> {
  const { before, textsBefore } = about;
  const own = [
    ...rules.faultsOf(read.facts, {
      texts: read.texts.all,
      today: dayOf(at),
      drill: about.drill ?? null,
    }),
    ...rules.becomesOf({
      before: before?.facts ?? null,
      after: read.facts,
      by,
      wroteBy: about.wroteBy ?? before?.by ?? null,
      texts: { before: textsBefore, after: read.texts.all },
    }),
  ];
  if (own.length > 0) return own;
  return findNameFaults(lookup, {
    kind,
    id,
    ref: rules.refOf(read.facts) ?? rules.textRefOf?.(read.facts, read.texts.all) ?? null,
    names: rules.namesOf(read.facts),
    people: rules.peopleOf(read.facts),
  });
}
