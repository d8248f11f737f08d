import { describe, expect, it } from 'vitest';
import { role } from '#lib/protocol/roster.ts';
import {
  countOf,
  groupMeaning,
  groupText,
  keyStatus,
  personStatus,
  rolesText,
} from './people-words.ts';

describe('words for people', () => {
  it('name every role and group of the roster', () => {
    expect(rolesText(role.options)).not.toMatch(/officer,.*\bdpo\b/);
    expect(rolesText(['officer', 'administrator'])).toBe('Custody officer, Administrator');
    expect([groupText('recovery'), groupText(null)]).toEqual(['Recovery', 'No group']);
    expect(groupMeaning(null)).toContain('Neither');
  });

  it('show what they do not know rather than nothing', () => {
    expect(rolesText(['constructor'])).toBe('constructor');
    expect(personStatus('toString').words).toBe('toString');
    expect(keyStatus('lost').words).toBe('lost');
  });

  it('count in whole words', () => {
    expect([0, 1, 2].map((count) => countOf(count, 'key'))).toEqual(['no keys', '1 key', '2 keys']);
  });
});
