import { describe, expect, it } from 'vitest';
import type { GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { genesisState, redrawText } from './genesis-words.ts';

const person = (id: string, signed: boolean): GenesisView['people'][number] => ({
  id,
  name: id,
  roles: ['officer'],
  group: null,
  keys: [],
  signature: signed
    ? { at: '2026-11-24T08:00:00.000Z', keyLabel: 'k', document: '{}', assertion: '{}' }
    : null,
});

const genesis = (changes: Partial<GenesisView>): GenesisView => ({
  state: 'none',
  mode: 'sandbox',
  organisation: 'sample',
  document: null,
  people: [],
  newcomers: [],
  leavers: [],
  invited: [],
  hasVault: false,
  parties: [],
  cold: { parties: [], differing: [], toCarry: [], mayChange: { allowed: true } },
  sign: { allowed: true },
  drawUp: { allowed: true },
  ...changes,
});

describe('genesisState', () => {
  it('says how many founders have registered while there can be no document yet', () => {
    const drawUp = { allowed: false, sentence: 'Still missing: somebody.' } as const;
    expect(genesisState(genesis({ people: [person('a', false)], drawUp }))).toContain(
      '1 founder has registered',
    );
  });

  it('counts signatures, not people', () => {
    const people = [person('a', true), person('b', false), person('c', false)];
    expect(genesisState(genesis({ state: 'collecting', people }))).toMatch(
      /^1 of 3 founders have signed/,
    );
  });

  it('counts a party as pinned only when it said so itself, and none without a network', () => {
    const parties = (['pinned', 'offered', 'away', 'cold'] as const).map((state) => ({
      name: state,
      group: null,
      identityKey: null,
      words: null,
      origin: null,
      state,
    }));
    expect(genesisState(genesis({ state: 'signed', parties }))).toContain('1 of 3 parties');
  });
});

describe('redrawText', () => {
  it('points to the foot of the page only for somebody who can draw it up', () => {
    expect(redrawText({ allowed: true })).toContain('at the foot of this page');
    const sentence = 'Still missing among those who have registered: an administrator.';
    expect(redrawText({ allowed: false, sentence })).toBe(sentence);
  });
});
