/** Who stated something about an operation so far, as it was shown here; each checked again now. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { groupAt } from '#lib/protocol/roster.ts';
import { findPolicies, prove } from '#lib/protocol/statement-set.ts';
import type { Decision } from '#lib/protocol/statement.ts';
import { refusalSentence } from '../../refusals.ts';
import { inWords, utc, type Fact } from './section.ts';

const decisionNames: Readonly<Record<Decision, string>> = {
  raise: 'Raised by',
  approve: 'Approved by',
  cosign: 'Co-signed by',
  reject: 'Rejected by',
  cancel: 'Cancelled by',
};

/** People whose approval or co-signature counts at this moment, for measuring what policy needs. */
export type StandingVoice = {
  person: string;
  group: NonNullable<ReturnType<typeof groupAt>>;
  decision: Decision;
};

export function whoStated(
  { intent, statements }: OperationBundle,
  input: DecideInput,
  digest: string,
): { facts: Fact[]; voices: StandingVoice[] } {
  const raise = statements.find(({ statement }) => statement.decision === 'raise');
  const policies = (raise && findPolicies(raise.statement, input)) ?? [input.policy];
  const voices: StandingVoice[] = [];
  const facts = statements.map((entry): Fact => {
    const { decision, person: id, issuedAt, reason } = entry.statement;
    const person = input.roster.people.find((known) => known.id === id);
    const group = person ? groupAt(input.roster, person, Date.parse(input.now)) : null;
    const part = person
      ? `${inWords(person.roles)}${group === null ? '' : ` of ${group}`}`
      : 'not in the roster in force';
    const proven = prove(entry, { input, intent, digest }, policies);
    const said = reason === null ? '' : `, because: ${reason.code}`;
    const fact = {
      term: decisionNames[decision],
      text: `${id}, ${part}`,
      notes: [`at ${utc(issuedAt)}${said}`],
    };
    if (typeof proven === 'string')
      return {
        ...fact,
        notes: [...fact.notes, `Does not count: ${refusalSentence(proven)}`],
        mark: 'danger',
      };
    if (group !== null) voices.push({ person: id, group, decision });
    const saysNo = decision === 'reject' || decision === 'cancel';
    return saysNo ? { ...fact, mark: 'danger' } : fact;
  });
  return { facts, voices };
}
