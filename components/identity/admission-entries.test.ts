import { describe, expect, it } from 'vitest';
import type { AdmissionView } from '#lib/operations/find-admission.ts';
import { admissionEntries } from './admission-entries.ts';

const admission = (changes: Partial<AdmissionView> = {}): AdmissionView => ({
  operation: '6f2c1f0e-7a42-4c55-9a53-0c6a3a6d1d11',
  number: 'RC-2026-000002',
  state: 'approved',
  failed: false,
  raisedBy: 'Ada Hofmann',
  raisedAt: '2026-11-24T08:00:00.000Z',
  waitsFor: 'One co-signer of Custody',
  needs: [
    { label: 'Approver of Control', people: 1, stated: 1 },
    { label: 'Co-signer of Custody', people: 1, stated: 0 },
  ],
  parties: [
    { name: 'control', adopted: true },
    { name: 'recovery', adopted: false },
  ],
  ...changes,
});

describe('admissionEntries', () => {
  it('waits for a raiser when nobody raised it', () => {
    expect(admissionEntries(null)).toMatchObject([{ shape: 'ring', tone: 'caution' }]);
  });

  it('marks only the next person waited for', () => {
    const entries = admissionEntries(admission());
    expect(entries.map(({ id, shape = 'dot', tone = 'neutral' }) => [id, shape, tone])).toEqual([
      ['raised', 'dot', 'neutral'],
      ['Approver of Control', 'dot', 'neutral'],
      ['Co-signer of Custody', 'ring', 'caution'],
      ['party control', 'dot', 'neutral'],
      ['party recovery', 'ring', 'quiet'],
    ]);
  });

  it('says of a party that was off that it follows, once the operation is done', () => {
    const entries = admissionEntries(admission({ state: 'done' }));
    expect(entries.at(-1)?.detail).toContain('when it is next on');
  });

  it.each([{ failed: true, state: 'rejected' as const }, { state: 'held' as const }])(
    'ends with what stopped it: %j',
    (changes) => {
      const entries = admissionEntries(admission({ ...changes, waitsFor: 'Rejected' }));
      expect(entries).toHaveLength(2);
      expect(entries.at(-1)).toMatchObject({ title: 'Rejected', shape: 'triangle' });
    },
  );
});
