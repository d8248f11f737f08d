/** Whether two people really signed that a break is closed, with keys that the roster gave them. Pure. */
import { canonicalize } from '#lib/protocol/intent.ts';
import { withoutKeys, type Roster } from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import {
  findSigner,
  readJson,
  signerFaults,
  type Counting,
  type KeptStep,
  type SignerKey,
} from '../proof/find-signer.ts';
import { closingStatement, type ClosingStatement } from './closing-statement.ts';

/** What is wrong with the closing of a break, in words that follow the break's number. */
export const closingFaults = {
  ...signerFaults,
  'statement-missing': 'nobody is shown to have signed the proposal, or its acceptance',
  'not-allowed': 'the roster gives who signed it no right to close breaks',
  'other-closing': 'what was signed is about another difference, or another way to close it',
  'one-person': 'one person, or one key, proposed and accepted it',
  'correction-unproved': 'the correction that closes it is not proved',
  'other-correction': 'the correction that closes it is another one, or by other people',
} as const;
export type ClosingFault = keyof typeof closingFaults;

/** One of the two steps, and who counted when it was written. */
export type ClosingStep = {
  actor: string;
  revision: number;
  /** By the clock of the database, in milliseconds since 1970. */
  writtenAt: number;
  counting: Counting;
  statement: KeptStep | null;
};

/** How the break stands by this closing. */
export type Closed = {
  break: string;
  how: string;
  journal: string | null;
  asset: string;
  /** The difference that it is closed with; null for a closing that is over, of which the break keeps none. */
  difference: { content: string; amount: string } | null;
};

type Signed = { person: string; key: string; said: ClosingStatement };

/** @returns null when, by rosters in force, two people who may signed exactly this. */
export function findClosingFault(
  closed: Closed,
  { proposed, accepted }: { proposed: ClosingStep | null; accepted: ClosingStep },
): ClosingFault | null {
  const first = proposed && signedStep(closed, proposed, 'propose');
  if (first === null) return 'statement-missing';
  if (typeof first === 'string') return first;
  const second = signedStep(closed, accepted, 'accept');
  if (typeof second === 'string') return second;
  if (first.person === second.person || first.key === second.key) return 'one-person';
  const [one, other] = [first.said, second.said];
  // The words that explain it, and the difference, are the same for both.
  const isSame =
    one.noteCommitment === other.noteCommitment &&
    one.content === other.content &&
    one.amount === other.amount;
  return isSame ? null : 'other-closing';
}

function signedStep(
  closed: Closed,
  step: ClosingStep,
  decision: ClosingStatement['decision'],
): Signed | ClosingFault {
  const { statement: kept, counting } = step;
  const said = kept && readStatement(kept.document);
  if (!kept || !said) return 'statement-missing';
  if (!isAbout(said, closed, step, decision)) return 'other-closing';
  let fault: ClosingFault = 'roster-missing';
  for (const one of counting.rosters) {
    const found = signedUnder(withoutKeys(one, counting.ended), { kept, said, step });
    if (typeof found !== 'string') return { ...found, said };
    fault = found;
  }
  return fault;
}

function isAbout(
  said: ClosingStatement,
  closed: Closed,
  { actor, revision }: ClosingStep,
  decision: ClosingStatement['decision'],
): boolean {
  const { difference } = closed;
  return (
    said.break === closed.break &&
    said.person === actor &&
    said.decision === decision &&
    said.revision + 1 === revision &&
    said.how === closed.how &&
    said.journal === closed.journal &&
    said.asset === closed.asset &&
    (difference === null ||
      (said.content === difference.content && said.amount === difference.amount))
  );
}

type Claim = { kept: KeptStep; said: ClosingStatement; step: ClosingStep };

function signedUnder(roster: Roster, { kept, said, step }: Claim) {
  if (said.organisation !== roster.organisation || said.environment !== roster.environment)
    return 'other-house';
  return findSigner(roster, kept, {
    person: step.actor,
    scope: 'break:close',
    issuedAt: said.issuedAt,
    writtenAt: step.writtenAt,
    isSignedBy: (credential) => isSignedBy(credential, roster, { kept, said, step }),
  });
}

function isSignedBy(credential: SignerKey, roster: Roster, { kept, said, step }: Claim): boolean {
  const { origins, id: rpId } = roster.relyingParty;
  return checkAssertion({
    // Counters say nothing about a statement that is read again later.
    credential: { ...credential, signCount: 0 },
    response: kept.assertion,
    expected: {
      challenge: challengeOf(said),
      origin: origins,
      rpId,
      userHandle: Buffer.from(step.actor, 'utf8').toString('base64url'),
    },
    rules: { allowSynced: roster.environment === 'sandbox', checkCounter: false },
  }).ok;
}

function readStatement(text: string): ClosingStatement | null {
  const parsed = closingStatement.safeParse(readJson(text));
  return parsed.success && canonicalize(parsed.data) === text ? parsed.data : null;
}
