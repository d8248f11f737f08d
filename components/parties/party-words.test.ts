import { describe, expect, it } from 'vitest';
import type { PartyStatusView, PartyView } from '#lib/operations/view-parties.ts';
import { heardByOthers, isSkewed, partyMark, skewText } from './party-words.ts';

const party = (name: string, status: Partial<PartyStatusView> | null): PartyView => ({
  name,
  group: null,
  isCold: false,
  origin: null,
  expected: 'online',
  reportedAt: null,
  status: status && ({ word: 'heard', peers: [], ...status } as unknown as PartyStatusView),
  sentence: null,
  clockSkewMs: null,
  isBehind: false,
  lastDecision: null,
});
const peer = (name: string, heardAt: string | null, agrees: boolean | null) => ({
  name,
  heardAt,
  agrees,
  clockSkewMs: null,
});

describe('words about a party', () => {
  it('say how far its clock is off, and in which direction', () => {
    expect([-203, 1_949, 20].map(skewText)).toEqual(['0.2 s behind', '1.9 s ahead', 'right']);
    expect([-5_001, 5_000].map(isSkewed)).toEqual([true, false]);
  });

  it('never call a party well that is silent, was put back, or differs from another', () => {
    expect(partyMark(party('a', null)).tone).toBe('danger');
    expect(partyMark({ ...party('a', null), expected: 'offline' }).words).toBe('Off');
    expect(partyMark(party('a', { word: 'behind' })).tone).toBe('danger');
    expect(partyMark(party('a', { peers: [peer('b', null, false)] })).tone).toBe('danger');
    expect(partyMark({ ...party('a', {}), isBehind: true }).tone).toBe('caution');
    expect(partyMark(party('a', { peers: [peer('b', null, null)] })).tone).toBe('good');
  });

  it('name who heard a silent party last', () => {
    const others = [
      party('a', { peers: [peer('c', '2026-11-27T03:00:00.000Z', null)] }),
      party('b', { peers: [peer('c', '2026-11-27T03:00:05.000Z', null), peer('a', null, null)] }),
    ];
    expect(heardByOthers('c', others)).toEqual({ by: 'b', at: '2026-11-27T03:00:05.000Z' });
    expect(heardByOthers('a', others)).toBeNull();
  });
});
