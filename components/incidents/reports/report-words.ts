/** How the screens of reports say what they show. Pure. */
import { reportStates, type ReportState } from '#lib/incidents/reports/life.ts';
import type { FieldNo, FieldValue, ReportField } from '#lib/incidents/report/field-types.ts';
import { CONDITIONS } from '#lib/incidents/report/conditions.ts';
import type { ToldLine } from '#lib/incidents/reports/list-reports.ts';
import type { FieldView } from '#lib/incidents/reports/view-report.ts';
import type { Mark } from '../incident-words.ts';

/** A released report that was not sent needs somebody now: its limit runs on. */
export function reportMark(state: ReportState): Mark {
  const words = reportStates[state];
  switch (state) {
    case 'draft':
      return { shape: 'ring', tone: 'neutral', words };
    case 'raised':
      return { shape: 'ring', tone: 'caution', words };
    case 'declined':
    case 'withdrawn':
      return { shape: 'ring', tone: 'caution', words };
    case 'released':
      return { shape: 'triangle', tone: 'caution', words };
    case 'sent':
      return { shape: 'dot', tone: 'neutral', words };
    case 'receipt':
    case 'reviewed':
      return { shape: 'square', tone: 'quiet', words };
  }
}

/** Id of a field on the page, for links to it. */
export const fieldId = (no: string): string => `field-${no.replace('.', '-')}`;

/** What the stage asks for with a field. */
export function dutyWords(field: ReportField, stage: 'initial' | 'intermediate' | 'final'): string {
  switch (field.duty[stage]) {
    case 'M':
      return 'Mandatory';
    case 'C':
      return field.condition ? `If ${CONDITIONS[field.condition].sentence}` : 'Conditional';
    case '-':
      return 'Not asked at this stage';
  }
}

export const sourceWords: Readonly<Record<FieldView['source'], string>> = {
  filled: 'Known',
  inferred: 'Inferred',
  missing: 'Missing',
  entered: 'Written by a person',
};

/** Where the detailed values of a field have their headings. */
export const parentOf: Readonly<Partial<Record<FieldNo, FieldNo>>> = { '4.2': '4.1', '4.3': '4.2' };

export const isSameValue = (one: FieldValue | null, other: FieldValue | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Who was told of an incident. */
export const whomWords: Readonly<Record<ToldLine['whom'], string>> = {
  clients: 'Clients',
  board: 'Management body',
  authority: 'Authority',
  persons: 'Persons whose data it is',
};
