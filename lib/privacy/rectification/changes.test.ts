import { describe, expect, it } from 'vitest';
import { changesText, correctable, fieldsOf, readChanges, readChangesText } from './changes.ts';

const now = new Date('2026-06-19T10:00:00Z');

describe('changes', () => {
  it('are one text whatever order they were written in, and read back as they were', () => {
    const one = { 'full-name': 'Anna "Ä" Müller', residence: 'Unter den Linden 1\n10117 Berlin' };
    const other = { residence: one.residence, 'full-name': one['full-name'] };
    expect(changesText(one)).toBe(changesText(other));
    expect(readChangesText(changesText(one))).toEqual(one);
    expect(fieldsOf(other)).toEqual(['full-name', 'residence']);
  });

  it('are of fields that the person may have and may know of', () => {
    expect(correctable(['operator'])).toEqual(['full-name', 'email', 'phone']);
    expect(correctable([])).not.toContain('suspicion-note');
    expect(readChanges({ iban: 'DE12' }, ['representative'], now).ok).toBe(false);
    expect(readChanges({ 'suspicion-note': 'x' }, ['client'], now).ok).toBe(false);
    expect(readChanges({ email: 'no address' }, ['client'], now).ok).toBe(false);
    expect(readChanges({ email: ' ', phone: '' }, ['client'], now).ok).toBe(false);
    expect(readChanges({ email: 'a@example.org', phone: '' }, ['client'], now)).toEqual({
      ok: true,
      values: { email: 'a@example.org' },
    });
  });

  it.each(['{"religion":"none"}', '{"email":1}', 'null', 'x'])(
    'are not read out of what no changes were written as: %s',
    (text) => {
      expect(() => readChangesText(text)).toThrow();
    },
  );
});
