/** What a field of a report is: words that the lists of fields, the rules and the exports share. */

/** A report's stage. A reclassification is asked for what an initial notification is asked for. */
export type Stage = 'initial' | 'intermediate' | 'final';

/** M: always; C: where its condition holds; -: not asked, but it may be given early. */
export type Duty = 'M' | 'C' | '-';

/** The number that ITS 2025/302 gives a field, such as 2.6. */
export type FieldNo = `${1 | 2 | 3 | 4}.${number}`;

/** What a field holds and how it is written, see `figures.ts`. */
export type FieldKind =
  | 'text'
  | 'lei'
  | 'identification'
  | 'names'
  | 'leis'
  | 'email'
  | 'phone'
  | 'instant'
  | 'duration'
  | 'integer'
  | 'percent'
  | 'money'
  | 'yes-no'
  | 'choice'
  | 'choices'
  | 'countries';

/** One value of a closed list. */
export type Choice = {
  /** As the ESAs' document has it. */
  value: string;
  words: string;
  /** The value of another field that it goes with: a detailed root cause has its category here. */
  under?: string;
};

/** Circumstances that make a conditional field due; `conditions.ts` says when each holds. */
export type ConditionId =
  | 'another-entity'
  | 'group'
  | 'spread'
  | 'third-party-origin'
  | 'other-information'
  | 'authority-code'
  | 'downtime-stated'
  | 'relevant-affected'
  | 'transactions-affected'
  | 'reputational'
  | 'downtime'
  | 'duration'
  | 'data-losses'
  | 'type-other'
  | 'cyber'
  | 'technique-other'
  | 'components'
  | 'authority-other'
  | 'measures'
  | 'indicators'
  | 'process-failure'
  | 'cause-other'
  | 'resolution-risk'
  | 'resolvability'
  | 'recurring';

export type ReportField = {
  no: FieldNo;
  /** What the ITS calls it, shortened. */
  name: string;
  /** What a person at the desk reads beside the input. */
  label: string;
  duty: Readonly<Record<Stage, Duty>>;
  kind: FieldKind;
  /** When a conditional field is due. */
  condition?: ConditionId;
  /** Where it stands in the ESAs' JSON; `[]` is an item of a list, `|` divides two places. */
  path: string;
  choices?: readonly Choice[];
  help: string;
  /** True where no record of the console can say it: a person has to. */
  isForPerson: boolean;
};

/**
 * What a field holds in our own flat form: figures (integers, percentages, money in units of the
 * currency) are decimal text such as "12.5", instants "2026-03-02T09:00:00Z", durations "DD:HH:MM",
 * yes and no a boolean, choices and countries a list of values; lists of names and of LEIs are text
 * with semicolons, as the ITS has them.
 */
export type FieldValue = string | boolean | readonly string[];

/** A report by field number; what isn't there has not been filled in. */
export type ReportValues = Readonly<Partial<Record<FieldNo, FieldValue>>>;

const duty = (initial: Duty, intermediate: Duty, final: Duty) => ({ initial, intermediate, final });

/** The six ways in which Annex II asks for a field. */
export const ALWAYS = duty('M', 'M', 'M');
export const ALWAYS_IF = duty('C', 'C', 'C');
export const LATER = duty('-', 'M', 'M');
export const LATER_IF = duty('-', 'C', 'C');
export const AT_LAST = duty('-', '-', 'M');
export const AT_LAST_IF = duty('-', '-', 'C');
