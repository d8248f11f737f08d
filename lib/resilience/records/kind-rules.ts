/** What a kind of record says about itself; one file per kind in lib/resilience/kinds. */
import type { z } from 'zod';
import type { TextRule } from '#lib/protocol/free-text.ts';
import type { Agreement } from '../kinds/agreement.ts';
import type { Kind } from './kinds.ts';

/** What is wrong with a record, by the field it is wrong in (`uses.2.function`) and as a sentence. */
export type Fault = { field: string; reason: string };

/** A record that another names: where it is named, its id and what it has to be. */
export type Naming = { path: string; to: string; kind: Kind };

/** Somebody who works here and is named by their pseudonymous id. */
export type PersonNamed = { path: string; person: string };

/** What lists and figures are drawn by. */
export type Standing = {
  state: string | null;
  /** Criticality or severity. */
  grade: string | null;
  /** Day by which something has to happen next, yyyy-mm-dd. */
  dueOn: string | null;
};

/** What stands in place of a text that was erased. */
export const erasedText = '(erased)';

/** Free texts by field; what was erased reads `(erased)`. */
export type Texts = Readonly<Record<string, string>>;

/** A drill that a test of a plan names. */
export type DrillNamed = { kind: string; passed: boolean };

export type About = {
  texts: Texts;
  /** Today in UTC, yyyy-mm-dd. */
  today: string;
  /** The drill whose id the facts name; null or left out where there is none of this id. */
  drill?: DrillNamed | null;
};

/** What becomes of a record: what it was, what it is to be, and who says so. */
export type Becoming<F> = {
  before: F | null;
  after: F;
  by: string;
  /** Who wrote the content that stands (see `Agreement`): a person id or `system`; null for a new record. */
  wroteBy: string | null;
  /** All texts, as they stand and as they are to stand. */
  texts: { before: Texts; after: Texts };
};

/** A free text of a record; `asked` where it can't be left out. */
export type RecordText = TextRule & { asked?: true };

export type KindRules<F> = {
  facts: z.ZodType<F>;
  texts: Readonly<Record<string, RecordText>>;
  /** What it is called by and the field that says so; null where its number is its name. */
  refOf: (facts: F) => { field: string; ref: string } | null;
  /** The same for what is called by one of its texts, because that is personal. Nothing is where this is left out. */
  textRefOf?: (facts: F, texts: Texts) => { field: string; ref: string } | null;
  namesOf: (facts: F) => readonly Naming[];
  peopleOf: (facts: F) => readonly PersonNamed[];
  standingOf: (facts: F) => Standing;
  /** What only several fields together tell. */
  faultsOf: (facts: F, about: About) => readonly Fault[];
  /** What may not become of it. */
  becomesOf: (becoming: Becoming<F>) => readonly Fault[];
  /** Where one agrees to what another wrote. `becomesOf` holds it. */
  agreement?: Agreement<F>;
  /** Why it is not retired as it stands, as a sentence; null where it may be. All may where this is left out. */
  keptBecause?: (facts: F) => string | null;
};

/** The same for whoever doesn't know which kind it is: facts are read with its schema first. */
export type AnyRules = KindRules<unknown>;

/**
 * Rules of a kind for use with any. Facts reach the other functions only after its own schema has
 * read them, so they are what those expect.
 */
export const anyRules = <F>({
  agreement,
  keptBecause,
  textRefOf,
  ...rules
}: KindRules<F>): AnyRules => ({
  ...rules,
  refOf: (facts) => rules.refOf(facts as F),
  namesOf: (facts) => rules.namesOf(facts as F),
  peopleOf: (facts) => rules.peopleOf(facts as F),
  standingOf: (facts) => rules.standingOf(facts as F),
  faultsOf: (facts, about) => rules.faultsOf(facts as F, about),
  becomesOf: ({ before, after, ...rest }) =>
    rules.becomesOf({ ...rest, before: before as F | null, after: after as F }),
  ...(agreement === undefined
    ? {}
    : {
        agreement: {
          ...agreement,
          facts: agreement.facts as never[],
          of: (facts) => agreement.of(facts as F),
        },
      }),
  ...(textRefOf === undefined ? {} : { textRefOf: (facts, texts) => textRefOf(facts as F, texts) }),
  ...(keptBecause === undefined ? {} : { keptBecause: (facts) => keptBecause(facts as F) }),
});

/** The field of the graph that a path stands for: `uses.2.function` is one of `uses.function`. */
export const linkField = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '');

export const noStanding: Standing = { state: null, grade: null, dueOn: null };
