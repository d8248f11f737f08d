/**
 * What the console knows of an incident when a report is begun. Each piece says where it comes from
 * in words that end a sentence ("the worksheet, 2 March 2026, 09:20 UTC"), and whether it is an
 * estimate. What isn't known is left out. Plain types; whoever draws a report fills them.
 */
import type { ThresholdsMet } from '../classification.ts';
import type { FieldNo, FieldValue, ReportValues } from './field-types.ts';

export type Known<T> = {
  readonly value: T;
  readonly from: string;
  readonly estimated?: boolean;
};

/** How the incident's file was opened. */
export type Opening = 'alarm' | 'staff' | 'clients' | 'counterparts' | 'third-party';

export type KnownEntity = {
  readonly name: string;
  readonly lei: string;
  /** Values of field 1.4. */
  readonly types: readonly string[];
  readonly currency: string;
  /** Null where the entity belongs to no group. */
  readonly parent: { readonly name: string; readonly lei: string } | null;
};

export type KnownContact = {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
};

/** A count as a whole number or decimal text; an average or amount as decimal text, in euros. */
export type KnownFigure = Known<number | string>;

export type ReportKnowledge = {
  /** The instant of the draft, ISO 8601. */
  readonly now: string;
  readonly entity?: Known<KnownEntity>;
  /** Somebody else who submits for the entity (DORA Art 19(5)). */
  readonly submitter?: Known<{ readonly name: string; readonly code: string }>;
  readonly firstContact?: Known<KnownContact>;
  readonly secondContact?: Known<KnownContact>;
  readonly reference?: Known<string>;
  readonly authorityReference?: Known<string>;
  readonly title?: Known<string>;
  readonly description?: Known<string>;
  readonly openedBy?: Known<Opening>;
  /** Instants, ISO 8601. */
  readonly times?: {
    readonly occurred?: Known<string>;
    readonly detected?: Known<string>;
    readonly classified?: Known<string>;
    /** When the former level of service was back, or is expected to be (estimated). */
    readonly recovered?: Known<string>;
    readonly resolved?: Known<string>;
    readonly causeAddressed?: Known<string>;
    /** Day on which the permanent resolution was planned, 2026-03-12. */
    readonly planned?: Known<string>;
  };
  readonly classification?: Known<{
    readonly critical_services_affected: boolean;
    readonly thresholds_met: ThresholdsMet;
    readonly malicious_access_9_5_b: boolean;
  }>;
  readonly figures?: {
    readonly clients?: KnownFigure;
    readonly clientsTotal?: KnownFigure;
    readonly counterparts?: KnownFigure;
    readonly counterpartsTotal?: KnownFigure;
    readonly transactions?: KnownFigure;
    readonly transactionsDaily?: KnownFigure;
    readonly transactionsValue?: KnownFigure;
  };
  readonly relevantAffected?: Known<boolean>;
  /** "DD:HH:MM". */
  readonly duration?: Known<string>;
  readonly downtime?: Known<string>;
  readonly memberStates?: Known<readonly string[]>;
  /** Values of field 3.20. */
  readonly dataLosses?: Known<readonly string[]>;
  /** Facts of the reputation by their letter in Article 9(2). */
  readonly reputation?: Known<readonly ('a' | 'b' | 'c' | 'd')[]>;
  /** Names of what is linked to the incident. */
  readonly criticalServices?: Known<readonly string[]>;
  readonly functionalAreas?: Known<readonly string[]>;
  readonly components?: Known<readonly string[]>;
  readonly measures?: Known<readonly string[]>;
  readonly provider?: Known<{
    readonly name: string;
    readonly code?: string;
    readonly codeType?: string;
  }>;
  readonly continuityActivated?: Known<boolean>;
  /** True where the data protection authority was told of a breach that is linked. */
  readonly breachNotified?: Known<boolean>;
  readonly review?: Known<{
    /** Values of 4.1, 4.2 and 4.3. */
    readonly causes: readonly string[];
    readonly detailed: readonly string[];
    readonly additional: readonly string[];
  }>;
  /** In cents of the currency. */
  readonly costs?: Known<{
    readonly currency: string;
    readonly gross: bigint;
    readonly recovered: bigint;
  }>;
  /** Set where incidents that are not major alone were taken together. */
  readonly recurring?: Known<{ readonly count: number; readonly first: string }>;
  /** What people wrote for a field of this report, or answered on the worksheet. */
  readonly entered?: Readonly<Partial<Record<FieldNo, Known<FieldValue>>>>;
  /** What was sent before, the oldest first. */
  readonly sent?: readonly {
    /** Value of 1.1. */
    readonly submission: string;
    readonly at: string;
    readonly values: ReportValues;
  }[];
};

/** A value that could stand in a field; not sure where it is an estimate or was worked out. */
export type Candidate = { value: FieldValue; isSure: boolean; from: string };
export type Candidates = Partial<Record<FieldNo, Candidate>>;

/** Takes a known piece over as it is, or as what is made of it; nothing is made of null. */
export function taken<T>(
  known: Known<T> | undefined,
  make: (value: T) => FieldValue | null | undefined,
): Candidate | undefined {
  if (!known) return undefined;
  const value = make(known.value);
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'boolean' && value.length === 0) return undefined;
  return { value, isSure: known.estimated !== true, from: `From ${known.from}.` };
}

/** A value that the console concluded. */
export const concluded = (value: FieldValue, from: string): Candidate => ({
  value,
  isSure: false,
  from,
});

/** Keeps what there is. */
export function present(
  entries: readonly (readonly [FieldNo, Candidate | undefined])[],
): Candidates {
  const candidates: Candidates = {};
  for (const [no, candidate] of entries) if (candidate) candidates[no] = candidate;
  return candidates;
}

/** An instant for people: "2 March 2026, 09:14 UTC". */
export function readInstant(instant: string): string {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) return instant;
  const text = new Date(millis).toISOString();
  const month = MONTHS[Number(text.slice(5, 7)) - 1] ?? '';
  return `${Number(text.slice(8, 10))} ${month} ${text.slice(0, 4)}, ${text.slice(11, 16)} UTC`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
