import { refuse, type Refused } from '#lib/platform/result.ts';
import { fieldName } from '../kinds/field-words.ts';
import type { Fault } from './kind-rules.ts';
import type { Kind } from './kinds.ts';

export type RecordCode =
  | 'record-invalid'
  | 'record-unknown'
  | 'record-moved'
  | 'record-linked'
  | 'record-open'
  | 'record-retired'
  | 'records-busy';

/** A refusal that names the fields, for a form to show each reason beside its field. */
export type RecordRefused = Refused<RecordCode> & { faults: readonly Fault[] };

const faultsMax = 50;

/** @param faults at least one; the sentence is that of the first. */
export function refuseFaults(kind: Kind, faults: readonly Fault[]): RecordRefused {
  const [first] = faults;
  const more = faults.length > 1 ? ` (${faults.length - 1} more)` : '';
  const sentence = first
    ? `${fieldName(kind, first.field)}: ${first.reason}${more}`
    : 'Something is wrong.';
  return { ...refuse('record-invalid', sentence), faults: faults.slice(0, faultsMax) };
}

export const refuseRecord = (
  code: Exclude<RecordCode, 'record-invalid'>,
  sentence: string,
): RecordRefused => ({ ...refuse(code, sentence), faults: [] });
