import { expect, it } from 'vitest';
import { foundWords, holdSentence, holdSentences } from './asset-hold.ts';

const hold = {
  id: '1',
  chain: 'eip155:31337',
  asset: 'EURC',
  reason: 'token-differs',
  detail: 'token-symbol-differs',
  heldAt: new Date('2026-11-30T08:00:00.000Z'),
  incident: 'INC-2026-000006',
} as const;

it('what stands still says in words what was found, and a code that nobody knows as it is', () => {
  expect(holdSentence(hold)).toContain('is not what our data say (it has another symbol)');
  expect(
    holdSentence({ ...hold, asset: null, reason: 'chain-reorganised', detail: 'checkpoint-gone' }),
  ).toContain('blocks that counted as final (a block that was noted as final is gone)');
  expect(foundWords('something-new')).toBe('something-new');
});

it('what was found once more is said once', () => {
  const other = { ...hold, asset: 'USDC' };
  expect(holdSentences([hold, { ...hold, id: '2' }, other])).toEqual([
    holdSentence(hold),
    holdSentence(other),
  ]);
});
