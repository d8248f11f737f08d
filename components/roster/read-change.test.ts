import { describe, expect, it } from 'vitest';
import { instantOf, isWhat, readChange } from './read-change.ts';

const read = (
  what: Parameters<typeof readChange>[0],
  texts: Record<string, string>,
  roles = ['x'],
) => readChange(what, { texts, roles });

describe('what a form says is to change', () => {
  it('is read with the end in UTC, to the second', () => {
    expect(instantOf('2026-11-27T15:00')).toBe('2026-11-27T15:00:00.000Z');
    expect(instantOf('2026-11-27T15:00:07')).toBe('2026-11-27T15:00:07.000Z');
    expect(instantOf('27.11.2026')).toBeNull();
    expect(instantOf('2026-13-41T99:00')).toBeNull();
  });

  it('has no end where none was typed', () => {
    expect(read('person-end', { person: 'p-a', until: '' })).toEqual({
      ok: true,
      change: { what: 'person-end', person: 'p-a', notAfter: null },
    });
  });

  it('names both ends of a delegation and the holder of a key', () => {
    expect(read('end-delegation', { delegation: 'p-a p-b' })).toMatchObject({
      change: { from: 'p-a', to: 'p-b' },
    });
    expect(read('key-end', { key: 'p-a c1', until: '2026-11-27T15:00' })).toMatchObject({
      change: { person: 'p-a', credential: 'c1', notAfter: '2026-11-27T15:00:00.000Z' },
    });
    expect(
      read('delegate', { from: 'p-a', person: 'p-b', until: '2026-11-27T15:00' }),
    ).toMatchObject({ change: { from: 'p-a', to: 'p-b' } });
  });

  it('says at each field what is missing', () => {
    expect(read('delegate', {})).toMatchObject({
      ok: false,
      errors: { from: expect.anything(), person: expect.anything(), until: expect.anything() },
    });
    expect(read('seat', { person: 'p-a' }, [])).toMatchObject({
      errors: { roles: 'Everybody has at least one role.' },
    });
    expect(read('seat', { person: 'p-a', group: '' })).toMatchObject({ change: { group: null } });
  });

  it('knows its own kinds and no others', () => {
    expect(isWhat('seat')).toBe(true);
    expect(isWhat('toString')).toBe(false);
    expect(isWhat(null)).toBe(false);
  });
});
