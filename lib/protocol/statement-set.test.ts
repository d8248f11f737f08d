import { describe, expect, test } from 'vitest';
import { countersOf } from './decide.ts';
import type { DecideInput } from './decide-input.ts';
import type { PartyRefusal } from './refusals.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import { challengeOf } from './statement.ts';
import { refusalOf, withIntent, withParty } from './testing/changed-input.ts';
import {
  at,
  inputFor,
  keys,
  personIdOf,
  press,
  roster,
  rosterChange,
  say,
  statementOf,
  withdrawal,
} from './testing/sample.ts';

const raise = say('raisa', 'raise', withdrawal);
const approve = say('adam', 'approve', withdrawal);
const cosign = say('cora', 'cosign', withdrawal);

const withStatements = (...statements: unknown[]): DecideInput =>
  inputFor(withdrawal, { statements });

function withKey(
  name: 'adam',
  changes: Partial<(typeof roster)['people'][number]['credentials'][number]>,
): DecideInput {
  const people = roster.people.map((person) =>
    person.id === personIdOf(name)
      ? { ...person, credentials: person.credentials.map((key) => ({ ...key, ...changes })) }
      : person,
  );
  return inputFor(withdrawal, { roster: { ...roster, people } });
}

describe('people and their keys', () => {
  const strangeKey = createSoftwareAuthenticator({
    rpId: 'localhost',
    seed: new Uint8Array(32).fill(99),
  });
  const adams = statementOf('adam', 'approve', withdrawal);
  const stolen = { ...approve, assertion: { ...approve.assertion, id: 'AAAA', rawId: 'AAAA' } };
  test.each<[string, PartyRefusal, DecideInput]>([
    [
      'somebody outside the roster',
      'person-unknown',
      withStatements(raise, press({ ...adams, person: 'p-nobodyaaaa' }, keys.adam), cosign),
    ],
    ['a key outside the roster', 'credential-unknown', withStatements(raise, stolen, cosign)],
    [
      "somebody else's key",
      'credential-of-another-person',
      withStatements(raise, press(adams, keys.carl), cosign),
    ],
    [
      "a revoked approver's statement never counts",
      'credential-revoked',
      withKey('adam', { revokedAt: at(-1) }),
    ],
    [
      'a statement made before the revocation neither',
      'credential-revoked',
      withKey('adam', { revokedAt: at(30) }),
    ],
    ['a key whose grant has ended', 'credential-expired', withKey('adam', { notAfter: at(0) })],
    [
      'a key now said to be copyable',
      'backup-eligibility-changed',
      withKey('adam', { backupEligible: true }),
    ],
    [
      'a signature by another key',
      'signature-invalid',
      withKey('adam', { publicKey: Buffer.from(strangeKey.publicKey).toString('base64url') }),
    ],
    [
      'a press on another site',
      'origin-not-allowed',
      withStatements(
        raise,
        say('adam', 'approve', withdrawal, {}, { origin: 'http://localhost:3001' }),
        cosign,
      ),
    ],
    [
      'a press without PIN',
      'user-not-verified',
      withStatements(raise, say('adam', 'approve', withdrawal, {}, { uv: false }), cosign),
    ],
    [
      'an assertion moved to another statement',
      'challenge-mismatch',
      withStatements(
        raise,
        { ...approve, assertion: say('adam', 'reject', withdrawal).assertion },
        cosign,
      ),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('a counter that was seen with another statement tells of a copied key', () => {
    const counted = say('adam', 'approve', withdrawal, {}, { signCount: 7 });
    const input = withStatements(raise, counted, cosign);
    const [seen] = countersOf([counted]);
    expect(seen).toEqual({
      credential: keys.adam.credentialId,
      signCount: 7,
      challenge: challengeOf(counted.statement),
    });
    if (!seen) return;
    const seenBefore = (entry: typeof seen): DecideInput => ({
      ...input,
      party: { ...input.party, seenCounters: [entry] },
    });
    expect(refusalOf(seenBefore(seen))).toBeNull();
    expect(refusalOf(seenBefore({ ...seen, challenge: challengeOf(cosign.statement) }))).toBe(
      'counter-reused',
    );
    const challenge = challengeOf(cosign.statement);
    expect(
      refusalOf(seenBefore({ ...seen, challenge, credential: keys.cora.credentialId })),
    ).toBeNull();
    // Many keys never count; 0 twice says nothing.
    const zero = { ...seen, challenge, signCount: 0 };
    expect(refusalOf(withParty({ seenCounters: [zero] }))).toBeNull();
    expect(countersOf([raise])).toEqual([]);
  });
});

describe("time is the party's own", () => {
  const timed = (issuedAt: string, expiresAt: string): DecideInput =>
    withStatements(raise, say('adam', 'approve', withdrawal, { issuedAt, expiresAt }), cosign);
  test.each<[string, PartyRefusal | null, DecideInput]>([
    ['a minute ahead is tolerated', null, timed(at(60), at(600))],
    ['more is not', 'statement-not-yet-valid', timed(at(60.001), at(600))],
    ['a statement lasts until its end', null, timed(at(-60), at(0.001))],
    ['and not at it', 'statement-expired', timed(at(-60), at(0))],
    [
      'nor beyond what policy allows, whatever it says',
      'statement-expired',
      timed(at(-900), at(86_400)),
    ],
    [
      'an expired raise stops the rest',
      'statement-expired',
      withStatements(say('raisa', 'raise', withdrawal, { expiresAt: at(-1) }), approve, cosign),
    ],
    ['an intent has its own end', 'intent-expired', withIntent({ notAfter: at(0) })],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));
});

describe('who counts', () => {
  test.each<[string, PartyRefusal, DecideInput]>([
    ['without a raise', 'raise-missing', withStatements(approve, cosign)],
    [
      'two raises',
      'raise-repeated',
      withStatements(raise, say('carl', 'raise', withdrawal), approve, cosign),
    ],
    [
      'a raiser without the role',
      'raiser-not-entitled',
      withStatements(say('otto', 'raise', withdrawal), approve, cosign),
    ],
    [
      'an administrator raising a withdrawal',
      'raiser-not-entitled',
      withStatements(say('anna', 'raise', withdrawal), approve, cosign),
    ],
    [
      'the raiser never counts',
      'raiser-in-quorum',
      withStatements(raise, say('raisa', 'approve', withdrawal), cosign),
    ],
    [
      'a person counts once',
      'person-counted-twice',
      withStatements(raise, approve, say('adam', 'cosign', withdrawal), cosign),
    ],
    [
      'someone of no group',
      'person-without-group',
      withStatements(raise, approve, cosign, say('otto', 'approve', withdrawal)),
    ],
    ['no co-signature', 'statements-incomplete', withStatements(raise, approve)],
    ['no approval, at the control party', 'own-group-missing', withStatements(raise, cosign)],
    [
      'an approval by the wrong group',
      'statements-incomplete',
      withStatements(raise, approve, say('kim', 'approve', withdrawal)),
    ],
    [
      'one rejection stops a complete set',
      'rejected-by-person',
      withStatements(raise, approve, cosign, say('carl', 'reject', withdrawal)),
    ],
    [
      'an auditor has no say, but spoils the set',
      'person-without-group',
      withStatements(raise, approve, cosign, say('otto', 'reject', withdrawal)),
    ],
    [
      'the raiser can cancel',
      'cancelled-by-person',
      withStatements(raise, approve, cosign, say('raisa', 'cancel', withdrawal)),
    ],
    [
      'one bad statement spoils a complete set',
      'signature-invalid',
      withStatements(raise, approve, cosign, {
        ...say('carl', 'approve', withdrawal),
        assertion: {
          ...say('carl', 'approve', withdrawal).assertion,
          response: {
            ...say('carl', 'approve', withdrawal).assertion.response,
            signature: 'MAYCAQECAQE',
          },
        },
      }),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('an administrator may raise a roster change', () => {
    const statements = [
      say('anna', 'raise', rosterChange),
      say('adam', 'approve', rosterChange),
      say('cora', 'cosign', rosterChange),
    ];
    expect(refusalOf(inputFor(rosterChange, { statements }))).toBeNull();
  });
});
