import { describe, expect, it } from 'vitest';
import { role } from '#lib/protocol/roster.ts';
import {
  countOf,
  groupMeaning,
  groupText,
  keyStatus,
  personStatus,
  rolesText,
  seatText,
  whomToTell,
} from './people-words.ts';

describe('words for people', () => {
  it('name every role and group of the roster', () => {
    expect(rolesText(role.options)).not.toMatch(/officer,.*\bdpo\b/);
    expect(rolesText(['officer', 'administrator'])).toBe('Custody officer, Administrator');
    expect([groupText('recovery'), groupText(null)]).toEqual(['Recovery', 'No group']);
    expect(groupMeaning(null)).toContain('Neither');
    expect(seatText({ roles: ['officer'], group: 'control' })).toBe('Custody officer, Control');
    expect(seatText({ roles: ['auditor'], group: null })).toBe(rolesText(['auditor']));
  });

  it('show what they do not know rather than nothing', () => {
    expect(rolesText(['constructor'])).toBe('constructor');
    expect(personStatus('toString').words).toBe('toString');
    expect(keyStatus('lost').words).toBe('lost');
  });

  it('never say that a key does not count while the parties still count it', () => {
    for (const status of ['revoked', 'suspended']) {
      expect(keyStatus(status, true).words).toContain('the parties still count it until a roster');
      expect(whomToTell(status, true)).toContain('whoever runs the parties');
      expect(whomToTell(status, false)).toBeNull();
    }
    expect(keyStatus('revoked').words).toBe('Does not count any more');
    expect(keyStatus('active', true).words).toBe('Counts');
    expect(whomToTell('active', true)).toBeNull();
  });

  it('count in whole words', () => {
    expect([0, 1, 2].map((count) => countOf(count, 'key'))).toEqual(['no keys', '1 key', '2 keys']);
  });
});
