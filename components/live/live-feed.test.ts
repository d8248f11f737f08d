import { describe, expect, it } from 'vitest';
import { parseChange } from './live-feed.ts';

describe('parseChange', () => {
  it('reads a topic with and without a record', () => {
    expect(parseChange('{"topic":"operations","id":"a"}')).toEqual({
      topic: 'operations',
      id: 'a',
    });
    expect(parseChange('{"topic":"vaults"}')).toEqual({ topic: 'vaults', id: null });
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '{"topic":7}',
    '"operations"',
    `"${'x'.repeat(2000)}"`,
    7,
    undefined,
  ])('takes %j for no change', (data) => {
    expect(parseChange(data)).toBeNull();
  });
});
