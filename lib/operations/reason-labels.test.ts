import { describe, expect, it } from 'vitest';
import { reasonCode } from '#lib/protocol/statement.ts';
import { reasonLabels, withReason } from './reason-labels.ts';

describe('the reason of a rejection', () => {
  it('has a label for each code that can be signed', () => {
    for (const code of reasonCode.options) expect(reasonLabels[code]).toMatch(/^[A-Z][a-z ]+$/);
  });

  it('is said behind who rejected, and left out where there is none', () => {
    expect(withReason('Rejected by Ada', 'suspected-fraud')).toBe(
      'Rejected by Ada: suspected fraud',
    );
    expect(withReason('Approved by Ada', null)).toBe('Approved by Ada');
  });
});
