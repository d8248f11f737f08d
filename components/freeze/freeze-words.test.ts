import { describe, expect, it } from 'vitest';
import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { freezesText, reachOf, reachText, releasedText } from './freeze-words.ts';

const online = ['control', 'custody', 'recovery'];
const parties = { online, off: [] };
const freeze = (scope: string, parties: string[]): FreezeView => ({
  operation: scope,
  number: 'FZ-2026-000001',
  what: 'vault',
  value: 'hot-1',
  scope,
  frozenAt: '2026-11-27T03:00:00.000Z',
  frozenBy: 'Lena Vogt',
  parties,
  incident: null,
  releasedAt: null,
  release: null,
});

describe('words about freezes', () => {
  it('count the parties of the roster only, and never say all while one is missing', () => {
    const some = reachOf(freeze('Vault hot-1', ['control', 'stranger', 'custody']), parties);
    expect(some).toEqual({ have: ['control', 'custody'], missing: ['recovery'], off: [] });
    expect(reachText(some)).toBe('2 of 3 parties have it');
    expect(reachText(reachOf(freeze('Vault hot-1', online), parties))).toBe(
      'All 3 parties have it',
    );
  });

  it('name a party that is off apart from one that should have it', () => {
    const two = { online: ['control', 'custody'], off: ['recovery'] };
    const some = freeze('Vault hot-1', ['control', 'custody']);
    expect(reachText(reachOf(some, two))).toBe('2 of 3 parties have it; recovery is off');
    expect(freezesText([some], two)).toBe(
      'One freeze stands: vault hot-1. Every party that is on has it.',
    );
    expect(reachText(reachOf(freeze('Vault hot-1', online), two))).toBe('All 3 parties have it');
  });

  it('say what stands still, and whether every party knows', () => {
    expect(freezesText([], parties)).toBe('Nothing is frozen.');
    expect(freezesText([freeze('Vault hot-1', online)], parties)).toBe(
      'One freeze stands: vault hot-1. Every party has it.',
    );
    expect(freezesText([freeze('Everything', []), freeze('Asset SOL', online)], parties)).toBe(
      '2 freezes stand: everything, asset SOL. Not every party has it yet.',
    );
  });

  it('count released freezes, and speak of the newest only where there may be more', () => {
    expect(releasedText(1)).toBe('1 released freeze.');
    expect(releasedText(19)).toBe('19 released freezes.');
    expect(releasedText(20)).toBe(
      'The newest 20 released freezes. Every one stays under Operations.',
    );
  });
});
