/** One way to each refusal about statements, people and keys. */
import { countersOf } from '../../decide.ts';
import type { PartyRefusal } from '../../refusals.ts';
import { createSoftwareAuthenticator } from '../../software-authenticator.ts';
import type { Statement } from '../../statement.ts';
import { FROZEN_BY, nextPolicy } from '../every-kind.ts';
import {
  at,
  keys,
  NOW,
  personIdOf,
  personWith,
  policy,
  press,
  roster,
  RP_ID,
  say,
  statementOf,
  withdrawal,
} from '../sample.ts';
import {
  byItself,
  holding,
  on,
  onWithdrawal,
  rosterWith,
  rosterWithKey,
  type Case,
} from './case.ts';

const raise = say('raisa', 'raise', withdrawal);
const approve = say('adam', 'approve', withdrawal);
const cosign = say('cora', 'cosign', withdrawal);
const stating = (...statements: unknown[]): Case => onWithdrawal({ statements });
/** Adam's approval says something else. */
const approving = (changes: Partial<Statement>, pressed: Parameters<typeof say>[4] = {}): Case =>
  stating(raise, say('adam', 'approve', withdrawal, changes, pressed), cosign);
/** Adam's key press is changed after it was made. */
const tampering = (
  change: (text: string) => string,
  field: keyof typeof approve.assertion.response,
): Case => {
  const { response } = approve.assertion;
  const changed = { ...response, [field]: change(String(response[field])) };
  return stating(
    raise,
    { ...approve, assertion: { ...approve.assertion, response: changed } },
    cosign,
  );
};
const bytesOf = (change: (bytes: Buffer) => Buffer) => (text: string) =>
  change(Buffer.from(text, 'base64url')).toString('base64url');
const clientData = (change: (data: Record<string, unknown>) => object) =>
  bytesOf((bytes) =>
    Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()) as Record<string, unknown>))),
  );
const stranger = createSoftwareAuthenticator({ rpId: RP_ID, seed: new Uint8Array(32).fill(99) });
const strangerKey = Buffer.from(stranger.publicKey).toString('base64url');
const counted = say('adam', 'approve', withdrawal, {}, { signCount: 7 });
const [seen] = countersOf([counted]);

export const statementCases = {
  'statements-malformed': stating({ ...raise, added: 1 }, approve, cosign),
  'wrong-organisation': approving({ organisation: 'other' }),
  'wrong-environment': approving({ environment: 'production' }),
  'wrong-operation': approving({ operation: FROZEN_BY }),
  'digest-mismatch': onWithdrawal({ intent: { ...withdrawal, amount: '1250000001' } }),
  'attempt-mixed': approving({ attempt: 2 }),
  'attempt-ended': holding({ endedAttempts: [{ operation: withdrawal.operation, attempt: 1 }] }),
  'roster-version-unknown': approving({ rosterVersion: 2 }),
  'policy-version-unknown': approving({ policyVersion: 2 }),
  'version-before-raise': onWithdrawal({
    policy: nextPolicy(),
    policyAtRaise: policy,
    statements: [say('raisa', 'raise', withdrawal, { policyVersion: 2 }), approve, cosign],
  }),
  'policy-history-missing': onWithdrawal({ policy: nextPolicy() }),
  'person-unknown': stating(
    raise,
    press({ ...statementOf('adam', 'approve', withdrawal), person: 'p-nobodyaaaa' }, keys.adam),
    cosign,
  ),
  'credential-unknown': stating(
    raise,
    press(statementOf('adam', 'approve', withdrawal), stranger),
    cosign,
  ),
  'credential-of-another-person': stating(
    raise,
    press(statementOf('adam', 'approve', withdrawal), keys.carl),
    cosign,
  ),
  'credential-revoked': holding({ revokedCredentials: [keys.adam.credentialId] }),
  'credential-expired': onWithdrawal({ roster: rosterWith('adam', () => ({ notAfter: NOW })) }),
  'counter-reused': onWithdrawal(({ party }) => ({
    statements: [raise, counted, cosign],
    party: {
      ...party,
      seenCounters: seen
        ? [{ ...seen, challenge: statementOf('cora', 'cosign', withdrawal).nonce }]
        : [],
    },
  })),
  'statement-not-yet-valid': approving({ issuedAt: at(60.001) }),
  'statement-expired': approving({ expiresAt: NOW }),
  'statement-reason-wrong': approving({
    reason: { code: 'other', noteCommitment: 'ab'.repeat(32) },
  }),
  'nonce-reused': approving({ nonce: raise.statement.nonce }),
  'raise-missing': stating(approve, cosign),
  'raise-repeated': stating(raise, say('carl', 'raise', withdrawal), approve, cosign),
  'raiser-not-entitled': stating(say('anna', 'raise', withdrawal), approve, cosign),
  'rejected-by-person': stating(raise, approve, cosign, say('kim', 'reject', withdrawal)),
  'cancelled-by-person': stating(raise, approve, cosign, say('raisa', 'cancel', withdrawal)),
  'raiser-in-quorum': stating(raise, say('raisa', 'approve', withdrawal), cosign),
  'person-counted-twice': onWithdrawal({
    roster: {
      ...roster,
      delegations: [{ from: personIdOf('adam'), to: personIdOf('otto'), notAfter: at(3600) }],
    },
    statements: [raise, approve, say('otto', 'approve', withdrawal), cosign],
  }),
  'person-without-group': stating(raise, approve, cosign, say('otto', 'approve', withdrawal)),
  'own-group-missing': stating(raise, cosign),
  'signer-group-not-needed': onWithdrawal({ signers: ['control', 'recovery'] }),
  'own-group-not-needed': holding({ name: 'recovery', group: 'recovery' }),
  'statements-incomplete': stating(raise, approve),
  'no-not-entitled': byItself(say('otto', 'reject', withdrawal)),
  'not-a-no': byItself(approve),

  'credential-mismatch': stating(
    raise,
    { ...approve, assertion: { ...approve.assertion, rawId: 'AAAA' } },
    cosign,
  ),
  'client-data-malformed': tampering(
    bytesOf((bytes) => Buffer.from(bytes.toString().replace('{', '{"type":"webauthn.get",'))),
    'clientDataJSON',
  ),
  'wrong-ceremony': approving({}, { type: 'webauthn.create' }),
  'challenge-mismatch': stating(
    raise,
    { ...approve, assertion: say('adam', 'reject', withdrawal).assertion },
    cosign,
  ),
  'origin-not-allowed': approving({}, { origin: 'http://localhost:3001' }),
  'cross-origin': approving({}, { topOrigin: 'https://elsewhere.example', crossOrigin: true }),
  'authenticator-data-malformed': tampering(
    bytesOf((bytes) => bytes.subarray(0, 36)),
    'authenticatorData',
  ),
  'rp-id-mismatch': approving({}, { rpId: 'elsewhere.example' }),
  'user-not-present': approving({}, { up: false }),
  'user-not-verified': approving({}, { uv: false }),
  'backup-state-impossible': approving({}, { bs: true }),
  'backup-eligibility-changed': approving({}, { be: true }),
  'public-key-unusable': onWithdrawal({ roster: rosterWithKey('adam', { publicKey: 'AAAA' }) }),
  'signature-invalid': onWithdrawal({ roster: rosterWithKey('adam', { publicKey: strangerKey }) }),
} as const satisfies Partial<Record<PartyRefusal, Case>>;

/** Other ways to the same refusals that the issue of the trust log names. */
export const moreStatementCases: readonly (readonly [string, PartyRefusal, Case])[] = [
  [
    'an unknown field in a key press',
    'statements-malformed',
    stating({ ...raise, assertion: { ...raise.assertion, added: 1 } }, approve, cosign),
  ],
  [
    'a challenge that is another text for the same hash',
    'challenge-mismatch',
    tampering(
      clientData((data) => ({ ...data, challenge: `${String(data['challenge'])}=` })),
      'clientDataJSON',
    ),
  ],
  [
    'no challenge',
    'client-data-malformed',
    tampering(
      clientData(({ challenge: _challenge, ...data }) => data),
      'clientDataJSON',
    ),
  ],
  [
    'a key revoked in the roster',
    'credential-revoked',
    onWithdrawal({ roster: rosterWithKey('adam', { revokedAt: at(3600) }) }),
  ],
  [
    'a key whose own end has come',
    'credential-expired',
    onWithdrawal({ roster: rosterWithKey('adam', { notAfter: NOW }) }),
  ],
  [
    'a statement dated after the end of its key',
    'credential-expired',
    on(withdrawal, {
      roster: rosterWithKey('adam', { notAfter: at(30) }),
      statements: [raise, say('adam', 'approve', withdrawal, { issuedAt: at(31) }), cosign],
    }),
  ],
  [
    'an attempt before one that ended',
    'attempt-ended',
    holding({ endedAttempts: [{ operation: withdrawal.operation, attempt: 100 }] }),
  ],
  [
    'a person who approves and co-signs',
    'person-counted-twice',
    stating(raise, approve, say('adam', 'cosign', withdrawal), cosign),
  ],
  [
    'a person who approves twice',
    'person-counted-twice',
    stating(raise, approve, say('adam', 'approve', withdrawal, { nonce: 'A'.repeat(43) }), cosign),
  ],
  [
    'two who speak in the place of the same one',
    'person-counted-twice',
    onWithdrawal({
      roster: {
        ...roster,
        delegations: (['otto', 'anna'] as const).map((name) => ({
          from: personIdOf('carl'),
          to: personIdOf(name),
          notAfter: at(3600),
        })),
      },
      statements: [
        raise,
        say('otto', 'approve', withdrawal),
        say('anna', 'approve', withdrawal),
        cosign,
      ],
    }),
  ],
  [
    'a delegation that has ended',
    'person-without-group',
    onWithdrawal({
      roster: {
        ...roster,
        delegations: [{ from: personIdOf('carl'), to: personIdOf('otto'), notAfter: NOW }],
      },
      statements: [raise, say('otto', 'approve', withdrawal), cosign],
    }),
  ],
  [
    'a delegation of somebody whose grant has ended',
    'person-without-group',
    onWithdrawal({
      roster: {
        ...rosterWith('carl', () => ({ notAfter: NOW })),
        delegations: [{ from: personIdOf('carl'), to: personIdOf('otto'), notAfter: at(3600) }],
      },
      statements: [raise, say('otto', 'approve', withdrawal), cosign],
    }),
  ],
  [
    'an auditor with a delegation, who still raises nothing',
    'raiser-not-entitled',
    onWithdrawal({
      roster: {
        ...roster,
        delegations: [{ from: personIdOf('carl'), to: personIdOf('otto'), notAfter: at(3600) }],
      },
      statements: [say('otto', 'raise', withdrawal), approve, cosign],
    }),
  ],
  [
    'the co-signer alone, at the party of approvers',
    'own-group-missing',
    stating(raise, cosign, say('kim', 'cosign', withdrawal)),
  ],
  [
    'a group that overlaps by delegation',
    'groups-overlap',
    onWithdrawal({
      roster: {
        ...roster,
        delegations: [{ from: personIdOf('adam'), to: personIdOf('cora'), notAfter: at(-1) }],
      },
    }),
  ],
  [
    'a group that overlaps by two delegations to one person',
    'groups-overlap',
    onWithdrawal({
      roster: {
        ...roster,
        delegations: (['adam', 'cora'] as const).map((name) => ({
          from: personIdOf(name),
          to: personIdOf('otto'),
          notAfter: at(60),
        })),
      },
    }),
  ],
  [
    'a group that overlaps by one key in two hands',
    'groups-overlap',
    onWithdrawal({
      roster: rosterWith('cora', () => ({
        credentials: personWith('adam').credentials.map((key) => ({ ...key, id: 'AAAA' })),
      })),
    }),
  ],
];
