/** Whether a kept statement proves what it says about a correction. Pure; nothing of the console is trusted. */
import { canonicalize } from './intent.ts';
import {
  correctionDigest,
  correctionStatement,
  type CorrectionDocument,
  type CorrectionStatement,
} from './correction.ts';
import type { AssertionRefusal } from './refusals.ts';
import { challengeOf } from './statement.ts';
import { checkAssertion, type AssertionCheck } from './webauthn.ts';

export type KeptStatement = {
  /** Canonical text, as it was signed. */
  text: string;
  assertion: unknown;
  credential: { id: string; publicKey: Uint8Array; backupEligible: boolean };
};

export type CorrectionStatementFault =
  | 'statement-malformed'
  | 'statement-of-another-correction'
  | 'statement-of-another-person'
  | AssertionRefusal;

type Wanted = {
  document: CorrectionDocument;
  decision: CorrectionStatement['decision'];
  person: string;
  /** One origin or several, each exactly as browsers spell it. */
  origin: string | readonly string[];
  rpId: string;
};

function readStatement(text: string): CorrectionStatement | null {
  try {
    const value: unknown = JSON.parse(text);
    const parsed = correctionStatement.safeParse(value);
    return parsed.success && canonicalize(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Null when the statement is by this person, about this very document, and their key signed it. */
export function findStatementFault(
  { text, assertion, credential }: KeptStatement,
  { document, decision, person, origin, rpId }: Wanted,
): CorrectionStatementFault | null {
  const statement = readStatement(text);
  if (!statement) return 'statement-malformed';
  if (
    statement.digest !== correctionDigest(document) ||
    statement.correction !== document.correction ||
    statement.organisation !== document.organisation ||
    statement.environment !== document.environment ||
    statement.decision !== decision
  )
    return 'statement-of-another-correction';
  if (statement.person !== person) return 'statement-of-another-person';
  const check: AssertionCheck = {
    // Counters say nothing about a statement that is read again later.
    credential: { ...credential, signCount: 0 },
    response: assertion,
    expected: {
      challenge: challengeOf(statement),
      origin,
      rpId,
      userHandle: Buffer.from(person, 'utf8').toString('base64url'),
    },
    rules: { allowSynced: document.environment === 'sandbox', checkCounter: false },
  };
  const verdict = checkAssertion(check);
  return verdict.ok ? null : verdict.refusal;
}
