import { describe, expect, it } from 'vitest';
import { agreementAt, agreementFinding, entitledAt, type Agreement } from './agreement.ts';
import { contents, findMissingContents } from './contents.ts';

const at = (text: string): Date => new Date(text);
const agreement = (over: Partial<Agreement> = {}): Agreement => ({
  id: '1',
  number: 'AG-2026-000001',
  client: 'C-1001',
  version: 1,
  signedOn: '2026-03-02',
  inForceFrom: '2026-03-03',
  policyVersion: 1,
  rights: 'client',
  endedAt: null,
  ...over,
});

describe('the seven contents of Article 75(1)', () => {
  it('all seven are enough', () => {
    expect(findMissingContents(contents)).toBeNull();
  });

  it.each(contents)('without (%s) it is refused, and the refusal names it', (left) => {
    const refused = findMissingContents(contents.filter((content) => content !== left));
    expect(refused?.refusal.code).toBe('contents-missing');
    expect(refused?.refusal.sentence).toContain(`lacks (${left}) `);
  });

  it('a content given twice does not stand for another', () => {
    expect(findMissingContents(['a', 'a', 'b', 'c', 'd', 'e', 'f'])?.refusal.sentence).toContain(
      '(g) the law that applies',
    );
  });
});

describe('which agreement is in force', () => {
  it('none before its day begins, the newest version after', () => {
    const both = [agreement(), agreement({ id: '2', version: 2, inForceFrom: '2026-06-01' })];
    expect(agreementAt(both, at('2026-03-02T23:59:59.999Z'))).toBeNull();
    expect(agreementAt(both, at('2026-03-03T00:00:00.000Z'))?.version).toBe(1);
    expect(agreementAt(both, at('2026-06-01T00:00:00.000Z'))?.version).toBe(2);
  });

  it('one that was ended is not in force from that moment on', () => {
    const ended = [agreement({ endedAt: '2026-05-05T10:00:00.000Z' })];
    expect(agreementAt(ended, at('2026-05-05T09:59:59.999Z'))).not.toBeNull();
    expect(agreementAt(ended, at('2026-05-05T10:00:00.000Z'))).toBeNull();
  });

  it('a client without one, and one that names an older policy, are findings', () => {
    const now = at('2026-11-28T10:00:00.000Z');
    expect(agreementFinding([], 1, now)).toBe('no-agreement');
    expect(agreementFinding([agreement()], 2, now)).toBe('policy-older');
    expect(agreementFinding([agreement()], 1, now)).toBeNull();
    expect(agreementFinding([agreement()], null, now)).toBeNull();
  });
});

describe('who is entitled to what an event brings', () => {
  const event = at('2026-06-10T12:00:00.000Z');
  const otherwise = agreement({ rights: 'custodian' });

  it('the client, where no agreement says otherwise and where there is none', () => {
    expect(entitledAt([], event)).toBe('client');
    expect(entitledAt([agreement()], event)).toBe('client');
  });

  it('the custodian only by an agreement signed on a day before the event', () => {
    expect(entitledAt([otherwise], event)).toBe('custodian');
    const sameDay = { ...otherwise, signedOn: '2026-06-10', inForceFrom: '2026-06-10' };
    expect(entitledAt([sameDay], event)).toBe('client');
    const signedLater = { ...otherwise, signedOn: '2026-06-11' };
    expect(entitledAt([signedLater], event)).toBe('client');
  });

  it('not by an agreement that had ended, or was replaced by one that does not say so', () => {
    expect(entitledAt([{ ...otherwise, endedAt: '2026-06-01T00:00:00.000Z' }], event)).toBe(
      'client',
    );
    const newer = agreement({ version: 2, inForceFrom: '2026-06-01', signedOn: '2026-05-30' });
    expect(entitledAt([otherwise, newer], event)).toBe('client');
  });
});
