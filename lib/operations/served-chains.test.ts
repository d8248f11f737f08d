import { expect, test } from 'vitest';
import { servedChains } from './served-chains.ts';

const namesOf = (settings: Parameters<typeof servedChains>[0]) =>
  servedChains(settings).map(({ family }) => family);

test('a chain without a node is not offered', () => {
  expect(namesOf({ mode: 'sandbox' })).toEqual(['solana']);
  expect(namesOf({ mode: 'sandbox', nodes: { bitcoin: [] } })).toEqual(['solana']);
  expect(namesOf({ mode: 'production', nodes: { ethereum: ['https://node.example'] } })).toEqual([
    'solana',
    'ethereum',
  ]);
});

test('the sandbox serves no chain of production', () => {
  const nodes = { bitcoin: ['http://127.0.0.1:1'], ethereum: ['http://127.0.0.1:2'] };
  for (const { environment } of servedChains({ mode: 'sandbox', nodes }))
    expect(environment).toBe('sandbox');
});
