import { describe, expect, it } from 'vitest';
import { asked, opened, proposed, standingOf, type Said } from '../testing/request-events.ts';
import { askedInTimeUntil, requestClock } from './clock.ts';

const seat = { zone: 'Europe/Berlin', holidays: [] as string[] };
const clock = (said: Said[], now = '2026-06-20T10:00:00Z') =>
  requestClock(standingOf(...said), seat, new Date(now));
const answered = (question: number, answeredAt: string): Said => ({
  kind: 'answered',
  facts: { question, answeredAt },
});

describe('the clock of a request', () => {
  it('runs by the law’s month, says what is left, and each step with its article', () => {
    const found = clock([opened()]);
    expect(found).toMatchObject({
      state: 'running',
      receivedOn: '2026-06-05',
      unrolledOn: '2026-07-05',
      dueOn: '2026-07-06',
      noticeDueOn: '2026-07-06',
      targetOn: '2026-06-26',
      daysLeft: 16,
    });
    expect(found.steps.map(({ article }) => article)).toEqual([
      'Regulation 1182/71 Art 3(1)',
      'GDPR Art 12(3), Regulation 1182/71 Art 3(2)',
      'Regulation 1182/71 Art 3(4)',
    ]);
    expect(found.steps.at(-1)?.says).toBe(
      'Sunday 5 July 2026 is no working day, so it is due by the end of Monday 6 July 2026.',
    );
    expect(clock([opened()], '2026-07-08T10:00:00Z').daysLeft).toBe(-2);
  });

  it('pauses for a question that went out within three working days, until its answer', () => {
    const question = asked('2026-06-10T10:00:00Z');
    expect(clock([opened(), question])).toMatchObject({
      state: 'paused',
      unrolledOn: '2026-07-15',
    });
    expect(clock([opened(), question], '2026-06-30T10:00:00Z').unrolledOn).toBe('2026-07-25');
    expect(clock([opened(), question, answered(2, '2026-06-15T10:00:00Z')])).toMatchObject({
      state: 'running',
      unrolledOn: '2026-07-10',
      pauses: [{ question: 2, from: '2026-06-10', to: '2026-06-15', counts: true }],
    });
  });

  it('does not pause for a question that was asked later', () => {
    const late = clock([opened(), asked('2026-06-11T10:00:00Z')]);
    expect(late).toMatchObject({ state: 'running', unrolledOn: '2026-07-05' });
    expect(late.steps.some(({ says }) => says.includes('too late'))).toBe(true);
  });

  it('does not pause for a question that is dated back: it was put on record later', () => {
    const back = { ...asked('2026-06-08T10:00:00Z'), at: '2026-06-19T10:00:00Z' };
    expect(clock([opened(), back])).toMatchObject({
      state: 'running',
      unrolledOn: '2026-07-05',
      pauses: [{ from: '2026-06-08', counts: false }],
    });
  });

  it('counts the working days for a question without weekends and holidays', () => {
    expect(askedInTimeUntil('2026-06-05', 3, seat)).toBe('2026-06-10');
    const whit = { ...seat, holidays: ['2026-06-08'] };
    expect(askedInTimeUntil('2026-06-05', 3, whit)).toBe('2026-06-11');
    expect(askedInTimeUntil('2026-06-05', 0, seat)).toBe('2026-06-05');
  });

  it('takes three months from receipt when extended', () => {
    const extended: Said = {
      kind: 'extended',
      facts: { reason: 'number', noticeSentAt: '2026-06-10T10:00:00Z' },
    };
    const found = clock([opened(), extended]);
    expect(found).toMatchObject({ dueOn: '2026-09-07', noticeDueOn: '2026-07-06' });
    expect(found.steps.at(-1)?.says).toContain('Monday 6 July 2026');
  });

  it('gives a refusal no day more by an extension: it is due within the month, and late is marked', () => {
    const extended: Said = {
      kind: 'extended',
      facts: { reason: 'number', noticeSentAt: '2026-06-10T10:00:00Z' },
    };
    const refusing = proposed({ decision: 'refuse', grounds: ['excessive'] });
    const both = { refusalDueOn: '2026-07-06', actionDueOn: '2026-09-07' };
    const late = '2026-07-10T10:00:00Z';
    expect(clock([opened(), extended], late)).toMatchObject({ ...both, dueOn: '2026-09-07' });
    expect(clock([opened(), extended, proposed()], late).daysLeft).toBe(59);
    for (const decision of ['refuse', 'grant-in-part'] as const)
      expect(
        clock([opened(), extended, proposed({ decision, grounds: ['excessive'] })], late),
      ).toMatchObject({ ...both, dueOn: '2026-07-06', daysLeft: -4, state: 'running' });
    const sent = (sentAt: string): Said => ({
      kind: 'fulfilled',
      facts: { channel: 'post', sentAt, digest: 'a'.repeat(64), namesRemedies: true },
    });
    expect(clock([opened(), extended, refusing, sent(late)])).toMatchObject({ state: 'late' });
    expect(clock([opened(), extended, proposed(), sent(late)])).toMatchObject({ state: 'met' });
    const inTime = sent('2026-07-06T10:00:00Z');
    expect(clock([opened(), extended, refusing, inTime])).toMatchObject({ state: 'met' });
  });

  it('stops with the first answer for good, in time or late, and with an end without one', () => {
    const sent = (sentAt: string): Said => ({
      kind: 'fulfilled',
      facts: { channel: 'post', sentAt, digest: 'a'.repeat(64), namesRemedies: true },
    });
    expect(clock([opened(), sent('2026-07-06T21:59:00Z')])).toMatchObject({ state: 'met' });
    expect(clock([opened(), sent('2026-07-06T22:01:00Z')])).toMatchObject({
      state: 'late',
      daysLeft: null,
    });
    const withdrawn: Said = { kind: 'withdrawn', facts: { at: '2026-06-07T10:00:00Z' } };
    expect(clock([opened(), withdrawn])).toMatchObject({ state: 'stopped', daysLeft: null });
  });

  it('of an erasure that came back begins anew, with its own month, whatever was before it', () => {
    const before: Said[] = [
      opened({ right: 'erasure' }),
      asked('2026-06-08T10:00:00Z'),
      answered(2, '2026-06-12T10:00:00Z'),
      { kind: 'extended', facts: { reason: 'number', noticeSentAt: '2026-06-10T10:00:00Z' } },
      proposed({ decision: 'refuse', grounds: ['legal-duty'] }),
      {
        kind: 'fulfilled',
        facts: {
          channel: 'post',
          sentAt: '2026-06-20T10:00:00Z',
          digest: 'a'.repeat(64),
          namesRemedies: true,
        },
      },
    ];
    const freed: Said = { kind: 'freed', facts: {}, by: 'system', at: '2031-03-31T22:30:00Z' };
    const found = clock([...before, freed], '2031-05-05T10:00:00Z');
    // At the seat that is 1 April already.
    expect(found).toMatchObject({
      state: 'running',
      isFreed: true,
      isExtended: false,
      receivedOn: '2031-04-01',
      dueOn: '2031-05-01',
      daysLeft: -4,
      pauses: [],
    });
    expect(found.steps[0]?.article).toBe('GDPR Art 17(1), 12(3), Regulation 1182/71 Art 3(1)');
    const answer = (sentAt: string): Said => ({
      kind: 'fulfilled',
      facts: { channel: 'post', sentAt, digest: 'a'.repeat(64), namesRemedies: true },
    });
    const rest = [freed, proposed()];
    expect(clock([...before, ...rest, answer('2031-05-01T10:00:00Z')])).toMatchObject({
      state: 'met',
      daysLeft: null,
    });
    expect(clock([...before, ...rest, answer('2031-05-02T10:00:00Z')])).toMatchObject({
      state: 'late',
    });
  });
});
