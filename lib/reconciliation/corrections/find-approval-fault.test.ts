import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  correctionDigest,
  correctionJournalDigest,
  type CorrectionDocument,
} from '#lib/protocol/correction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Roster, RosterCredential, RosterPerson } from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import {
  at,
  keys,
  NOW,
  ORIGIN,
  personIdOf,
  roster,
  type Name,
} from '#lib/protocol/testing/sample.ts';
import { findApprovalFault, type ApprovedCorrection } from './find-approval-fault.ts';

const document: CorrectionDocument = {
  type: 'countersign/correction/v1',
  organisation: roster.organisation,
  environment: roster.environment,
  correction: '0d4c3f0e-6a52-4a8e-9a63-2f1f6f0f7a11',
  lines: [
    { account: 'suspense/deposits/SOL', amount: '480000' },
    { account: 'client/C-11903/SOL', amount: '-480000' },
  ],
  corrects: null,
  break: null,
  reasonCommitment: 'ab'.repeat(32),
  raisedBy: personIdOf('raisa'),
  expiresAt: at(3 * 86_400),
};

type Says = {
  decision?: 'raise' | 'approve';
  issuedAt?: string;
  of?: CorrectionDocument;
  origin?: string;
  key?: Name;
};

function step(what: 'raised' | 'approved', name: Name, says: Says = {}) {
  const { of = document, issuedAt = NOW, origin = ORIGIN, key = name } = says;
  const statement = {
    type: 'countersign/correction-statement/v1' as const,
    organisation: of.organisation,
    environment: of.environment,
    correction: of.correction,
    digest: correctionDigest(of),
    decision: says.decision ?? (what === 'raised' ? 'raise' : 'approve'),
    person: personIdOf(name),
    nonce: randomBytes(32).toString('base64url'),
    issuedAt,
  };
  const assertion = keys[key].assert({ challenge: challengeOf(statement), origin });
  return {
    what,
    actor: personIdOf(name),
    statement: { document: canonicalize(statement), assertion, credentialId: assertion.id },
  };
}

const approved = (
  changed: Partial<ApprovedCorrection> = {},
  of: CorrectionDocument = document,
): ApprovedCorrection => ({
  document: canonicalize(of),
  raisedBy: of.raisedBy,
  endedBy: personIdOf('cora'),
  events: [step('raised', 'raisa', { of }), step('approved', 'cora', { of })],
  posted: { postedAt: new Date(at(120)), contentDigest: correctionJournalDigest(of) },
  ...changed,
});

const faultOf = (
  correction: ApprovedCorrection,
  rosters: readonly Roster[] = [roster],
  ended: ReadonlySet<string> = new Set(),
) => findApprovalFault(correction, { rosters, ended });

/** The roster with one person’s entry changed. */
const rosterWith = (name: Name, change: (person: RosterPerson) => RosterPerson): Roster => ({
  ...roster,
  people: roster.people.map((person) => (person.id === personIdOf(name) ? change(person) : person)),
});
const keyOf = (name: Name, change: Partial<RosterCredential>): Roster =>
  rosterWith(name, (person) => ({
    ...person,
    credentials: person.credentials.map((key) => ({ ...key, ...change })),
  }));

describe('an approved correction', () => {
  test('is proved by two people of the roster who signed exactly it', () => {
    expect(faultOf(approved())).toBeNull();
  });

  test('is proved by the roster that was in force until just before', () => {
    const without = {
      ...roster,
      people: roster.people.filter(({ roles }) => roles[0] !== 'officer'),
    };
    expect(faultOf(approved(), [without])).toBe('person-unknown');
    expect(faultOf(approved(), [without, roster])).toBeNull();
    expect(faultOf(approved(), [])).toBe('roster-missing');
  });

  test('is not proved by a text that nobody signed', () => {
    const [raised, made] = [step('raised', 'raisa'), step('approved', 'cora')];
    const unsigned = { ...made, statement: { ...made.statement, assertion: {} } };
    expect(faultOf(approved({ events: [raised, unsigned] }))).toBe('signature-invalid');
    const other = {
      ...made,
      statement: { ...made.statement, document: raised.statement.document },
    };
    expect(faultOf(approved({ events: [raised, other] }))).toBe('signature-invalid');
    for (const text of ['', '{', 'null', '[]', '{"decision":"approve"}']) {
      const malformed = { ...made, statement: { ...made.statement, document: text } };
      expect(faultOf(approved({ events: [raised, malformed] }))).toBe('statement-missing');
      expect(faultOf(approved({ document: text }))).toBe('document-unreadable');
    }
    expect(faultOf(approved({ events: [raised] }))).toBe('statement-missing');
    expect(faultOf(approved({ events: [raised, { ...made, statement: null }] }))).toBe(
      'statement-missing',
    );
  });

  test('is not proved by statements about anything else', () => {
    const of = { ...document, corrects: '7' };
    const raised = step('raised', 'raisa');
    for (const says of [
      { of },
      { decision: 'raise' },
      { origin: 'https://elsewhere.example' },
    ] as const)
      expect(faultOf(approved({ events: [raised, step('approved', 'cora', says)] }))).toBe(
        'signature-invalid',
      );
    expect(
      faultOf(approved({ events: [step('raised', 'raisa', { of }), step('approved', 'cora')] })),
    ).toBe('signature-invalid');
  });

  test('is not proved by one person, by another’s key, or by one that the roster does not name', () => {
    const alone = [step('raised', 'raisa'), step('approved', 'raisa')];
    expect(faultOf(approved({ endedBy: personIdOf('raisa'), events: alone }))).toBe('one-person');
    const borrowed = [step('raised', 'raisa'), step('approved', 'cora', { key: 'raisa' })];
    expect(faultOf(approved({ events: borrowed }))).toBe('key-unknown');
    expect(faultOf(approved(), [keyOf('cora', { id: 'AAAA' })])).toBe('key-unknown');
    // The same name for a key, and other key material: as somebody with the console’s own table could put it.
    const foreign = Buffer.from(keys.kim.publicKey).toString('base64url');
    expect(faultOf(approved(), [keyOf('cora', { publicKey: foreign })])).toBe('signature-invalid');
  });

  test('is not proved by whoever may not raise or approve corrections', () => {
    const reader = [step('raised', 'raisa'), step('approved', 'otto')];
    expect(faultOf(approved({ endedBy: personIdOf('otto'), events: reader }))).toBe('not-allowed');
    const demoted = rosterWith('raisa', (person) => ({ ...person, roles: ['administrator'] }));
    expect(faultOf(approved(), [demoted])).toBe('not-allowed');
  });

  test('is not proved by a key that had been ended when its journal was posted', () => {
    for (const change of [{ revokedAt: NOW }, { notAfter: at(59) }])
      expect(faultOf(approved(), [keyOf('raisa', change)])).toBe('key-ended');
    expect(faultOf(approved(), [keyOf('raisa', { notAfter: at(61) })])).toBeNull();
    const gone = rosterWith('cora', (person) => ({ ...person, notAfter: at(30) }));
    expect(faultOf(approved(), [gone])).toBe('key-ended');
    expect(faultOf(approved(), [roster], new Set([keys.cora.credentialId]))).toBe('key-ended');
  });

  test('is not proved where it was approved too late, or could have been for longer than anybody may', () => {
    const late = at(3 * 86_400);
    const { contentDigest } = approved().posted ?? { contentDigest: '' };
    expect(faultOf(approved({ posted: { postedAt: new Date(late), contentDigest } }))).toBe(
      'approved-too-late',
    );
    expect(
      faultOf(
        approved({
          events: [step('raised', 'raisa'), step('approved', 'cora', { issuedAt: late })],
        }),
      ),
    ).toBe('approved-too-late');
    expect(faultOf(approved({}, { ...document, expiresAt: at(3 * 86_400 + 1) }))).toBe(
      'approved-too-late',
    );
  });

  test('is not proved for another house, nor with a journal that says something else', () => {
    const elsewhere = { ...document, organisation: 'another-custody' };
    expect(faultOf(approved({}, elsewhere))).toBe('other-house');
    expect(faultOf(approved({}, { ...document, environment: 'production' }))).toBe('other-house');
    expect(faultOf(approved({ raisedBy: personIdOf('kim') }))).toBe('other-house');
    const posted = { postedAt: new Date(NOW), contentDigest: 'cd'.repeat(32) };
    expect(faultOf(approved({ posted }))).toBe('journal-differs');
    expect(faultOf(approved({ posted: null }))).toBe('journal-differs');
  });
});
