import { describe, expect, it } from 'vitest';
import type { HeldShare } from '#lib/operations/keys/key-reports.ts';
import { backupMark, coverage, registerState, shareMark, withoutCustodians } from './key-words.ts';
import { durationOf, workWords } from './work-words.ts';

const parties = ['control', 'custody', 'recovery'];
const share = (of: Partial<HeldShare>): HeldShare => ({
  party: 'control',
  reportedAt: null,
  answers: true,
  state: 'usable',
  epoch: 4,
  epochs: [],
  pairs: null,
  backedUpEpoch: 4,
  ...of,
});

describe('coverage of backups', () => {
  it('is said with its epoch, and a share that is missing is a warning', () => {
    expect(coverage({ backedUp: 2, parties, epoch: 4 })).toMatchObject({
      tone: 'caution',
      words: '2 of 3 shares backed up at epoch 4',
    });
    expect(coverage({ backedUp: 3, parties, epoch: 4 }).tone).toBe('good');
    expect(coverage({ backedUp: 0, parties, epoch: null }).tone).toBe('quiet');
  });

  it('counts a copy of an earlier epoch as none, and says so', () => {
    expect(backupMark(share({ backedUpEpoch: 3 }), 4)).toMatchObject({ tone: 'caution' });
    expect(backupMark(share({ backedUpEpoch: 3 }), 4).words).toContain('no longer counts');
    expect(backupMark(share({ backedUpEpoch: null }), 4).words).toBe('Not backed up');
    expect(backupMark(share({ state: 'unknown', backedUpEpoch: null }), 4).tone).toBe('quiet');
  });
});

describe('a share', () => {
  it('that is lost or behind stands out, and silence is not taken for loss', () => {
    expect(shareMark(share({}), 4).tone).toBe('good');
    expect(shareMark(share({ epoch: 3 }), 4).words).toBe('Behind, epoch 3');
    expect(shareMark(share({ state: 'lost' }), 4).tone).toBe('danger');
    expect(shareMark(share({ state: 'unknown', epoch: null }), 4).words).toBe('Not heard');
  });
});

it('the register says in one sentence how many keys want something', () => {
  expect(registerState([{ backedUp: 3, usable: 3, parties }])).toBe('1 key.');
  expect(registerState([{ backedUp: 1, usable: 2, parties }])).toContain('1 without a full backup');
});

describe('custodians', () => {
  const kept = { id: 'keep-custody' };

  it('that are missing are told by the names of their parties', () => {
    const of = (custodians: object | null) =>
      withoutCustodians([
        { party: 'control', custodians: null },
        { party: 'custody', custodians: kept },
        { party: 'recovery', custodians },
      ]);
    expect(of(kept)).toBe('The roster names no custodians for party control.');
    expect(of(null)).toBe('The roster names no custodians for parties control and recovery.');
    expect(withoutCustodians([{ party: 'custody', custodians: kept }])).toBeNull();
  });
});

describe('how long work on a key takes', () => {
  it('is never seconds where documents travel to a cold party', () => {
    for (const work of ['refresh', 'backup', 'repair'] as const) {
      expect(durationOf(work, [{ isCold: false }])).toBe(workWords[work].takes);
      expect(durationOf(work, [{ isCold: false }, { isCold: true }])).not.toContain('seconds');
    }
  });
});
