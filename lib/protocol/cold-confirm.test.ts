import { describe, expect, test } from 'vitest';
import { confirmChallenge, findConfirmFault, type ColdConfirm } from './cold-confirm.ts';
import { digestOf } from './intent.ts';
import type { Roster } from './roster.ts';
import type { AssertOptions } from './software-authenticator.ts';
import { at, keys, NOW, personIdOf, roster, withdrawal, type Name } from './testing/sample.ts';

const PAGE = 'http://localhost:3111';

const subject = {
  organisation: 'sample-custody',
  environment: 'sandbox' as const,
  party: 'cold-a',
  operation: withdrawal.operation,
  intentDigest: digestOf(withdrawal),
  attempt: 1,
  messageDigest: 'ab'.repeat(32),
};

const confirmOf = (name: Name, changes: Partial<ColdConfirm> = {}): ColdConfirm => ({
  type: 'countersign/cold-confirm/v1',
  ...subject,
  person: personIdOf(name),
  nonce: Buffer.alloc(32, 7).toString('base64url'),
  issuedAt: NOW,
  ...changes,
});

function pressed(
  name: Name,
  of: { confirm?: ColdConfirm; with?: Name; changes?: Partial<AssertOptions> } = {},
) {
  const confirm = of.confirm ?? confirmOf(name);
  const assertion = keys[of.with ?? name].assert({
    challenge: confirmChallenge(confirm),
    origin: PAGE,
    ...of.changes,
  });
  return { confirm, origin: PAGE, assertion };
}

const faultOf = (
  candidate: unknown,
  changes: Partial<Parameters<typeof findConfirmFault>[1]> = {},
) =>
  findConfirmFault(candidate, {
    subject,
    group: 'custody',
    raiser: personIdOf('raisa'),
    roster,
    revoked: [],
    ...changes,
  });

describe('a key press at a cold party', () => {
  test('counts by a person of its own group who did not raise, over exactly its own decode', () => {
    expect(faultOf(pressed('cora'))).toBeNull();
    expect(faultOf(pressed('kim'))).toBeNull();
  });

  test.each([
    ['organisation', 'other-custody'],
    ['environment', 'production'],
    ['party', 'cold-b'],
    ['operation', '1b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d'],
    ['intentDigest', 'cd'.repeat(32)],
    ['attempt', 2],
    ['messageDigest', 'cd'.repeat(32)],
  ] as const)('over another %s counts for nothing', (field, value) => {
    const confirm = confirmOf('cora', { [field]: value });
    expect(faultOf(pressed('cora', { confirm }))).toBe('cold-confirm-differs');
  });

  test('counts for nothing by the raiser, whoever speaks for the raiser, or another group', () => {
    expect(faultOf(pressed('cora'), { raiser: personIdOf('cora') })).toBe('cold-confirm-by-raiser');
    expect(faultOf(pressed('adam'))).toBe('cold-confirm-foreign-group');
    expect(faultOf(pressed('anna'))).toBe('cold-confirm-foreign-group');
    const until = (notAfter: string): Roster => ({
      ...roster,
      delegations: [{ from: personIdOf('cora'), to: personIdOf('anna'), notAfter }],
    });
    const given = until(at(3600));
    expect(faultOf(pressed('anna'), { roster: given })).toBeNull();
    const over = until(at(-1));
    expect(faultOf(pressed('anna'), { roster: over })).toBe('cold-confirm-foreign-group');
    expect(faultOf(pressed('anna'), { roster: given, raiser: personIdOf('cora') })).toBe(
      'cold-confirm-by-raiser',
    );
  });

  test('counts for nothing with a key of somebody else, a revoked or an ended one', () => {
    expect(faultOf(pressed('cora', { with: 'kim' }))).toBe('credential-unknown');
    expect(faultOf(pressed('cora'), { revoked: [keys.cora.credentialId] })).toBe(
      'credential-revoked',
    );
    const ended = (changes: object): Roster => ({
      ...roster,
      people: roster.people.map((person) =>
        person.id === personIdOf('cora')
          ? {
              ...person,
              credentials: person.credentials.map((key) => ({ ...key, ...changes })),
            }
          : person,
      ),
    });
    expect(faultOf(pressed('cora'), { roster: ended({ notAfter: at(-1) }) })).toBe(
      'credential-expired',
    );
    expect(faultOf(pressed('cora'), { roster: ended({ revokedAt: at(-1) }) })).toBe(
      'credential-revoked',
    );
    const stranger = confirmOf('cora', { person: 'p-nobodyaaaa' });
    expect(faultOf(pressed('cora', { confirm: stranger }))).toBe('person-unknown');
  });

  test.each([
    ['without a touch', { up: false }, 'user-not-present'],
    ['without a PIN', { uv: false }, 'user-not-verified'],
    ['at another address', { origin: 'http://localhost:3000' }, 'origin-not-allowed'],
    ['for another site', { rpId: 'example.com' }, 'rp-id-mismatch'],
    ['inside a frame', { crossOrigin: true }, 'cross-origin'],
    [
      'over other words',
      { challenge: Buffer.alloc(32).toString('base64url') },
      'challenge-mismatch',
    ],
  ] as const)('%s counts for nothing', (_, changes, refusal) => {
    expect(faultOf(pressed('cora', { changes }))).toBe(refusal);
  });

  test.each([
    ['nothing', null],
    ['a number', 7],
    ['one more field', { ...pressed('cora'), more: true }],
    ['one more field inside', { ...pressed('cora'), confirm: { ...confirmOf('cora'), more: 1 } }],
    ['no assertion', { confirm: confirmOf('cora'), origin: PAGE }],
    [
      'an object that throws when it is read',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('%s is no key press', (_, candidate) => {
    expect(faultOf(candidate)).toBe('cold-confirm-malformed');
  });
});
