import { describe, expect, it } from 'vitest';
import { findUnauthorised, isLei, subCustodianClocks, subCustodianState } from './sub-custodian.ts';

const facts = {
  from: '2026-11-02',
  authorisationCheckedOn: '2026-10-15',
  dueDiligenceOn: '2026-09-01',
};
const read = (now: string, steps: { step: string; at: string; facts: unknown }[] = []) =>
  subCustodianClocks(facts, steps, new Date(now));
const check = (at: string, authorised = true, dueDiligenceOn = '2026-09-01') => ({
  step: 'checked',
  at,
  facts: { authorised, dueDiligenceOn },
});

describe('a sub-custodian', () => {
  it('clients who are not informed become overdue after five business days', () => {
    expect(read('2026-11-09T12:00:00.000Z').informed.state).toBe('due');
    expect(read('2026-11-10T12:00:00.000Z').informed.state).toBe('overdue');
    const informed = { step: 'informed', at: '2026-11-04T09:00:00.000Z', facts: {} };
    expect(read('2027-11-10T12:00:00.000Z', [informed]).informed.state).toBe('met');
  });

  it('its authorisation is checked again each year, counted from the newest check', () => {
    expect(read('2027-10-16T00:00:00.000Z').checked.state).toBe('overdue');
    const checked = check('2027-10-01T09:00:00.000Z');
    expect(read('2027-10-16T00:00:00.000Z', [checked]).checked.state).toBe('open');
  });

  it('its due diligence is reviewed each year, counted from the day that the newest check names', () => {
    expect(read('2027-09-02T00:00:00.000Z').reviewed.state).toBe('overdue');
    const checked = check('2027-10-01T09:00:00.000Z', true, '2027-08-20');
    expect(read('2027-09-02T00:00:00.000Z', [checked]).reviewed.state).toBe('open');
  });

  it('may keep nothing unless it is authorised for custody, and stands out once it is not any more', () => {
    expect(findUnauthorised('custody')).toBeNull();
    expect(findUnauthorised('other')?.refusal.code).toBe('not-authorised');
    expect(findUnauthorised('none')?.refusal.code).toBe('not-authorised');
    expect(subCustodianState([check('2027-10-01T09:00:00.000Z')])).toBe('in-use');
    expect(subCustodianState([check('2027-10-01T09:00:00.000Z', false)])).toBe('not-authorised');
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
