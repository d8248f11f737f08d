/** What happened to an operation between two readings of it, in sentences. Pure. */
import { decisionPast } from '#lib/operations/decision-words.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { formatInstant } from '../ui/format.ts';

type Reading = Pick<OperationView, 'revision' | 'state' | 'waitsFor' | 'statements' | 'attempt'>;

/** One sentence for each thing that is new; never empty when the revisions differ. */
export function describeChange(seen: Reading, now: Reading): string[] {
  const known = new Set(seen.statements.map(({ id }) => id));
  const sentences = now.statements
    .filter(({ id }) => !known.has(id))
    .map(
      ({ person, decision, recordedAt }) =>
        `${person} ${decisionPast[decision]} at ${formatInstant(recordedAt, 'time')}.`,
    );
  if (now.attempt !== seen.attempt) sentences.push(`It is now attempt ${now.attempt}.`);
  if (now.state !== seen.state || sentences.length === 0)
    sentences.push(`It now stands at: ${now.waitsFor.replace(/\.$/, '')}.`);
  return sentences;
}

/** True while a person who looks could still do something about the operation. */
export const canAct = ({ actions }: Pick<OperationView, 'actions'>): boolean =>
  Object.values(actions).some(({ allowed }) => allowed);
