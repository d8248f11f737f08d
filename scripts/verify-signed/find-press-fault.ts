/** Whether a kept statement was really signed, with a key that the roster in force gave its person. Pure. */
import type { z } from 'zod';
import type { Scope } from '#lib/identity/roles.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { withoutKeys } from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import {
  findSigner,
  readJson,
  signerFaults,
  type Counting,
  type SignerFault,
} from '#lib/reconciliation/proof/find-signer.ts';

export const pressFaults = {
  ...signerFaults,
  'not-allowed': 'the roster gives who signed it no right to',
  'statement-missing': 'no statement is kept, or none in its canonical form',
} satisfies Record<SignerFault | 'statement-missing', string>;
export type PressFault = keyof typeof pressFaults;

/** What every statement says, beside what it is about. */
type Common = {
  type: string;
  organisation: string;
  environment: string;
  person: string;
  issuedAt: string;
};

/** A row that keeps what was signed. */
export type KeptPress = {
  statement: string | null;
  assertion: unknown;
  credentialId: string | null;
  /** Who is said to have signed. */
  person: string;
  /** When the row says that it was, in milliseconds since 1970. */
  writtenAt: number;
};

type Wanted<S> = { schema: z.ZodType<S>; scope: Scope; counting: Counting };

/** @returns what was signed, or why nobody is shown to have signed it. */
export function readPress<S extends Common>(
  { statement, assertion, credentialId, person, writtenAt }: KeptPress,
  { schema, scope, counting }: Wanted<S>,
): { said: S } | { fault: PressFault } {
  const parsed = schema.safeParse(readJson(statement ?? ''));
  if (!parsed.success || credentialId === null || canonicalize(parsed.data) !== statement)
    return { fault: 'statement-missing' };
  const said = parsed.data;
  let fault: PressFault = 'roster-missing';
  for (const one of counting.rosters) {
    const roster = withoutKeys(one, counting.ended);
    const { origins, id: rpId } = roster.relyingParty;
    if (said.organisation !== roster.organisation || said.environment !== roster.environment) {
      fault = 'other-house';
      continue;
    }
    const found = findSigner(
      roster,
      { document: statement, assertion, credentialId },
      {
        person,
        scope,
        issuedAt: said.issuedAt,
        writtenAt,
        isSignedBy: (credential) =>
          checkAssertion({
            // Counters say nothing about a statement that is read again later.
            credential: { ...credential, signCount: 0 },
            response: assertion,
            expected: {
              challenge: challengeOf(said),
              origin: origins,
              rpId,
              userHandle: Buffer.from(person, 'utf8').toString('base64url'),
            },
            rules: { allowSynced: roster.environment === 'sandbox', checkCounter: false },
          }).ok,
      },
    );
    if (typeof found !== 'string') return { said };
    fault = found;
  }
  return { fault };
}
