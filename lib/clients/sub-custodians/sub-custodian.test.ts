import { describe, expect, it } from 'vitest';
import { isLei, subCustodianClocks } from './sub-custodian.ts';

const facts = { from: '2026-11-02', authorisationCheckedOn: '2026-10-15' };
const read = (now: string, steps: { step: string; at: string }[] = []) =>
  subCustodianClocks(facts, steps, new Date(now));

describe('a sub-custodian', () => {
  it('clients who are not informed become overdue after five business days', () => {
    expect(read('2026-11-09T12:00:00.000Z').informed.state).toBe('due');
    expect(read('2026-11-10T12:00:00.000Z').informed.state).toBe('overdue');
    const informed = { step: 'informed', at: '2026-11-04T09:00:00.000Z' };
    expect(read('2027-11-10T12:00:00.000Z', [informed]).informed.state).toBe('met');
  });

  it('its authorisation is checked again each year, counted from the newest check', () => {
    expect(read('2027-10-16T00:00:00.000Z').checked.state).toBe('overdue');
    const checked = { step: 'checked', at: '2027-10-01T09:00:00.000Z' };
    expect(read('2027-10-16T00:00:00.000Z', [checked]).checked.state).toBe('open');
  });
});

describe('a legal entity identifier', () => {
  it('counts only with right check digits', () => {
    expect(isLei('529900T8BM49AURSDO55')).toBe(true);
    expect(isLei('529900T8BM49AURSDO54')).toBe(false);
    expect(isLei('529900t8bm49aursdo55')).toBe(false);
    expect(isLei('')).toBe(false);
  });
});
