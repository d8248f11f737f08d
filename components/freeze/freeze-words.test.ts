import { describe, expect, it } from 'vitest';
import type { FreezeView } from '#lib/operations/list-freezes.ts';
import { freezesText, reachOf, reachText } from './freeze-words.ts';

const online = ['control', 'custody', 'recovery'];
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
    const some = reachOf(freeze('Vault hot-1', ['control', 'stranger', 'custody']), online);
    expect(some).toEqual({ have: ['control', 'custody'], missing: ['recovery'] });
    expect(reachText(some)).toBe('2 of 3 parties have it');
    expect(reachText(reachOf(freeze('Vault hot-1', online), online))).toBe('All 3 parties have it');
  });

  it('say what stands still, and whether every party knows', () => {
    expect(freezesText([], online)).toBe('Nothing is frozen.');
    expect(freezesText([freeze('Vault hot-1', online)], online)).toBe(
      'One freeze stands: vault hot-1. Every party has it.',
    );
    expect(freezesText([freeze('Everything', []), freeze('Asset SOL', online)], online)).toBe(
      '2 freezes stand: everything, asset SOL. Not every party has it yet.',
    );
  });
});
