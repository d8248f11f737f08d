import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  correctionDigest,
  correctionJournalDigest,
  type CorrectionDocument,
  type CorrectionEvidence,
} from '#lib/protocol/correction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { journalDigest } from '#lib/ledger/post-journal.ts';
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { verifyCorrection } from './verify-correction.ts';

const origin = 'http://localhost:3000';
const rpId = 'localhost';
const ada = 'p-aaaaaaaaaa';
const ben = 'p-bbbbbbbbbb';

const document: CorrectionDocument = {
  type: 'countersign/correction/v1',
  organisation: 'sample-custodian',
  environment: 'sandbox',
  correction: '0d4c3f0e-6a52-4a8e-9a63-2f1f6f0f7a11',
  lines: [
    { account: 'suspense/bank/EUR', amount: '480000' },
    { account: 'client/C-11903/EUR', amount: '-480000' },
  ],
  corrects: null,
  break: null,
  reasonCommitment: 'ab'.repeat(32),
  raisedBy: ada,
  expiresAt: '2026-12-01T00:00:00.000Z',
};

const keys = new Map(
  [ada, ben].map((person) => [person, createSoftwareAuthenticator({ rpId })] as const),
);

function signed(
  decision: 'raise' | 'approve',
  person: string,
  of = document,
  issuedAt = '2026-11-28T10:00:00.000Z',
): CorrectionEvidence['statements'][number] {
  const held = keys.get(person);
  if (!held) throw new Error('Nobody has this key.');
  const statement = {
    type: 'countersign/correction-statement/v1' as const,
    organisation: of.organisation,
    environment: of.environment,
    correction: of.correction,
    digest: correctionDigest(of),
    decision,
    person,
    nonce: randomBytes(32).toString('base64url'),
    issuedAt,
  };
  const assertion = held.assert({ challenge: challengeOf(statement), origin });
  return {
    text: canonicalize(statement),
    assertion,
    credential: {
      id: assertion.id,
      publicKey: Buffer.from(held.publicKey).toString('base64url'),
      backupEligible: false,
    },
  };
}

const [raise, approval] = [signed('raise', ada), signed('approve', ben)];
const evidence: CorrectionEvidence = {
  type: 'countersign/correction-evidence/v1',
  number: 'LC-000001',
  origin,
  rpId,
  document,
  statements: [raise, approval],
  journal: { number: '12', contentDigest: correctionJournalDigest(document) },
};
const faultOf = (changed: object): string | null => {
  const answer = verifyCorrection({ ...evidence, ...changed });
  return answer.ok ? null : answer.fault;
};

describe('the evidence of a correction', () => {
  test('shows who raised and who approved it, and the journal that came of it', () => {
    expect(verifyCorrection(JSON.parse(JSON.stringify(evidence)))).toMatchObject({
      ok: true,
      raised: { person: ada },
      approved: { person: ben },
      journal: '12',
    });
    expect(verifyCorrection({ ...evidence, statements: [raise], journal: null })).toMatchObject({
      ok: true,
      approved: null,
      journal: null,
    });
  });

  test('is told apart from one in which anything was changed', () => {
    const moved = { ...document, corrects: '7' };
    expect(faultOf({ document: moved })).toBe('statement-of-another-correction');
    expect(faultOf({ statements: [raise] })).toBe('approval-missing');
    expect(faultOf({ statements: [approval] })).toBe('raise-missing');
    expect(faultOf({ statements: [raise, signed('approve', ada)] })).toBe('one-person');
    expect(faultOf({ statements: [raise, { ...approval, credential: raise.credential }] })).toBe(
      'signature-invalid',
    );
    expect(faultOf({ document: { ...document, raisedBy: ben } })).toBe(
      'statement-of-another-correction',
    );
    expect(
      faultOf({ statements: [raise, signed('approve', ben, document, document.expiresAt)] }),
    ).toBe('approved-too-late');
    expect(faultOf({ journal: { number: '12', contentDigest: 'cd'.repeat(32) } })).toBe(
      'journal-differs',
    );
    expect(faultOf({ origin: 'https://elsewhere.example' })).toBe('signature-invalid');
    expect(faultOf({ rpId: 'elsewhere.example' })).toBe('signature-invalid');
    expect(faultOf({ more: 1 })).toBe('evidence-malformed');
    expect(
      faultOf({ statements: [{ ...raise, text: raise.text.replace('{', '{ ') }, approval] }),
    ).toBe('statement-malformed');
    expect(
      faultOf({ document: { ...document, lines: [document.lines[0], document.lines[0]] } }),
    ).toBe('lines-unbalanced');
  });

  test('holds for no other amounts, whatever they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (units) => {
        fc.pre(units !== 480_000n);
        const lines = [
          { account: 'suspense/bank/EUR', amount: units.toString() },
          { account: 'client/C-11903/EUR', amount: (-units).toString() },
        ];
        expect(faultOf({ document: { ...document, lines } })).toBe(
          'statement-of-another-correction',
        );
      }),
      { seed: 20_261_128, numRuns: 50 },
    );
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(verifyCorrection(value).ok).toBe(false);
        expect(verifyCorrection({ ...evidence, statements: value }).ok).toBe(false);
      }),
      { seed: 20_261_128, numRuns: 300 },
    );
  });

  test('names the journal by the digest that the books give it', () => {
    const { correction, lines, corrects } = document;
    expect(correctionJournalDigest(document)).toBe(
      journalDigest({
        key: `correction:${correction}`,
        kind: 'correction',
        operation: null,
        corrects,
        lines,
      }),
    );
  });
});
