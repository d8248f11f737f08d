import { describe, expect, it } from 'vitest';
import { csvOf } from '#lib/platform/csv.ts';
import { answersInLanguage, complaintClocks, complaintState } from './complaint.ts';
import { registerRows, type RegisterLine } from './register-rows.ts';
import { complaintTemplate } from './template.ts';

const received = { receivedAt: '2026-11-27T15:00:00.000Z' };
const step = (name: string, at: string) => ({ step: name, at });

describe('where a complaint stands', () => {
  it('follows its steps', () => {
    const acknowledged = step('acknowledged', '2026-11-30T09:00:00.000Z');
    const delayed = step('delayed', '2027-01-20T09:00:00.000Z');
    expect(complaintState([])).toBe('received');
    expect(complaintState([acknowledged])).toBe('acknowledged');
    expect(complaintState([acknowledged, delayed])).toBe('delayed');
    expect(complaintState([acknowledged, step('decided', delayed.at)])).toBe('decided');
  });

  it('a notice of delay does not move the two months', () => {
    const late = complaintClocks(
      received,
      [
        step('acknowledged', '2026-11-30T09:00:00.000Z'),
        step('delayed', '2027-01-20T09:00:00.000Z'),
      ],
      new Date('2027-01-28T00:00:00.000Z'),
    );
    expect(late.acknowledged.state).toBe('met');
    expect(late.decided).toMatchObject({ state: 'overdue', until: '2027-01-27T23:59:59.999Z' });
  });

  it('is answered in its own language', () => {
    expect(answersInLanguage({ language: 'de' }, 'de')).toBe(true);
    expect(answersInLanguage({ language: 'de' }, 'en')).toBe(false);
  });
});

it('the template says that it is free of charge, and asks for what the law’s own form asks', () => {
  const text = complaintTemplate('Sample Custodian');
  for (const part of ['costs nothing', 'Client number', 'power of attorney', 'Damage, loss'])
    expect(text).toContain(part);
});

describe('the register as a table', () => {
  const line: RegisterLine = {
    number: 'CO-2026-000001',
    client: null,
    receivedAt: received.receivedAt,
    topic: 'Fees and charges',
    language: 'German',
    channel: 'Electronic',
    state: 'Decided',
    outcome: 'Rejected',
    acknowledgeBy: '2026-12-01T23:59:59.999Z',
    acknowledgedAt: null,
    acknowledgement: 'overdue',
    decideBy: '2027-01-27T23:59:59.999Z',
    decidedAt: null,
    decision: 'open',
    complainant: '=HYPERLINK("https://evil.example")',
    subject: 'A "quoted", text\nof two lines',
    reasons: null,
  };

  it('has as many cells in each row as in its head', () => {
    expect(new Set(registerRows([line, line]).map((row) => row.length)).size).toBe(1);
  });

  it('opens as text in a spreadsheet, also where somebody gave a formula as their name', () => {
    const csv = csvOf(registerRows([line]));
    expect(csv).not.toMatch(/(?:^|,|")=HYPERLINK/m);
    expect(csv).toContain(`'=HYPERLINK`);
  });
});
