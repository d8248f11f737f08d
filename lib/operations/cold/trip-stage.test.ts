import { describe, expect, it } from 'vitest';
import { documentStatus, stageWords, tripStage } from './trip-stage.ts';

const signing = { kind: 'withdrawal', state: 'signing' } as const;

describe('a trip', () => {
  it.each([
    ['raised', null, [], 'before'],
    ['cosigned', null, [], 'before'],
    ['waiting', null, [], 'before'],
    ['signing', null, [], 'to-order'],
    ['signing', 'replaced', ['carry'], 'to-order'],
    ['signing', 'wanted', [], 'wanted'],
    ['signing', 'out', ['carry'], 'carry'],
    ['signing', 'out', ['refused'], 'carry'],
    ['signing', 'out', ['checking'], 'checking'],
    ['signing', 'out', ['taken'], 'wanted'],
    ['signing', 'void', ['carry'], 'lost'],
    ['signing', 'refused', [], 'lost'],
    ['signed', 'done', ['taken'], 'done'],
    ['held', 'out', ['carry'], 'over'],
    ['expired', 'void', ['carry'], 'over'],
  ] as const)(
    'of a withdrawal that is %s, the trip %s with %j: %s',
    (state, trip, documents, is) => {
      expect(tripStage({ kind: 'withdrawal', state, trip, documents })).toBe(is);
    },
  );

  it('of a ceremony begins when everybody has stated, and goes on while one answer is missing', () => {
    const of = { kind: 'key-ceremony', state: 'cosigned' } as const;
    expect(tripStage({ ...of, trip: null, documents: [] })).toBe('to-order');
    expect(tripStage({ ...of, trip: 'out', documents: ['taken', 'checking', 'carry'] })).toBe(
      'carry',
    );
  });

  it('says what to carry where, and which answer was refused', () => {
    expect(
      stageWords(
        'carry',
        [
          { party: 'cold-a', ordinal: 2, status: 'carry' },
          { party: 'cold-b', ordinal: 1, status: 'refused' },
          { party: 'cold-c', ordinal: 1, status: 'checking' },
        ],
        'Signed',
      ),
    ).toBe(
      'Carry request 2 to cold-a, bring the answer back; The answer of cold-b was refused. Bring another',
    );
    expect(
      stageWords(tripStage({ ...signing, trip: 'void', documents: [] }), [], 'Signed'),
    ).toContain('Make a new request');
  });
});

it('a document whose refused answer was followed by another is being checked again', () => {
  expect(documentStatus({ isTaken: false, hasAnswer: true, isRefused: false })).toBe('checking');
  expect(documentStatus({ isTaken: false, hasAnswer: true, isRefused: true })).toBe('refused');
  expect(documentStatus({ isTaken: true, hasAnswer: true, isRefused: true })).toBe('taken');
});
