import type { Fault } from './kind-rules.ts';

/** The fields that a refusal names; none where it names none, or where it is no refusal. */
export const faultsIn = (result: object): readonly Fault[] =>
  'faults' in result && Array.isArray(result.faults) ? (result.faults as Fault[]) : [];
