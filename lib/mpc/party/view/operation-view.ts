/** Everything this party has to say about one operation that was shown to it. */
import { findPolicies } from '#lib/protocol/statement-set.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { decideDry } from '../dry-decision.ts';
import type { Party } from '../party.ts';
import type { Presented } from '../store/presented.ts';
import type { Trust } from '../store/trust.ts';
import { accountFacts } from './account-fact.ts';
import { answerNow } from './answer-now.ts';
import { doneHere } from './done-here.ts';
import { headline, intentFacts } from './intent-words.ts';
import { ownRecordFacts } from './own-records.ts';
import { policyAsks } from './policy-asks.ts';
import { utc, type Fact, type Section } from './section.ts';
import { transactionFacts } from './transaction-facts.ts';
import { whoStated } from './who-stated.ts';

export type OperationView = {
  headline: string;
  operation: string;
  intentDigest: string;
  attempt: number;
  answer: Fact;
  sections: Section[];
  /** Whether policy asks for a code; null where that can't be told. */
  secondChannel: boolean | null;
};

const digestSection = (of: Presented, attempt: number): Section => ({
  title: 'What people sign',
  lead: 'The console must show the same digest, character by character. The words are for reading it out.',
  facts: [
    { term: 'Words', text: digestWords(of.intentDigest).join(' '), as: 'words' },
    { term: 'Digest', text: of.intentDigest, as: 'digest' },
    { term: 'Operation', text: of.operation, as: 'code' },
    { term: 'Attempt', text: String(attempt) },
    { term: 'Nobody acts on it after', text: utc(of.bundle.intent.notAfter) },
    { term: 'Last shown to this party', text: utc(of.seenAt) },
  ],
});

export function operationView(party: Party, trust: Trust, of: Presented): OperationView {
  const { intent, statements } = of.bundle;
  const dry = decideDry(party, trust, of);
  const { input, transaction } = dry;
  const attempt = statements[0]?.statement.attempt ?? 1;
  const { facts: stated, voices } = whoStated(of.bundle, input, of.intentDigest);
  const raise = statements.find(({ statement }) => statement.decision === 'raise');
  const policies = (raise && findPolicies(raise.statement, input)) ?? [trust.policy];
  const raiser = raise?.statement.person ?? '';
  const asked = policyAsks(intent, input, {
    policies,
    raiser,
    voices,
    isDone: doneHere(party, of) !== null,
  });
  return {
    headline: headline(intent),
    operation: of.operation,
    intentDigest: of.intentDigest,
    attempt,
    answer: answerNow(party, of, dry),
    secondChannel: asked.secondChannel,
    sections: [
      { title: 'What is asked for', facts: intentFacts(intent, trust, input.party.vaults) },
      digestSection(of, attempt),
      {
        title: "By this party's own records",
        facts: [...accountFacts(party, intent), ...ownRecordFacts(intent, input)],
      },
      {
        title: 'Who stated what so far',
        lead: 'As it was shown here; what nobody passes on is not seen.',
        facts: stated,
      },
      ...asked.sections,
      ...(transaction
        ? [
            {
              title: "The transaction, by this party's own decoder",
              facts: transactionFacts(transaction),
            },
          ]
        : []),
    ],
  };
}
