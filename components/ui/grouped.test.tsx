import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AddressBlock, Digest, edgesOf } from './grouped.tsx';

const value = '0123456789abcdef'.repeat(4);

test('a digest stands whole and in one piece beside its words', () => {
  const markup = renderToStaticMarkup(<Digest value={value} words={['abandon', 'zoo']} />);
  const [words, digest] = markup.split('</ol>').map((part) => part.replaceAll(/<[^>]*>/g, ''));
  expect(words).toBe('abandonzoo');
  expect(digest).toBe(value);
});

test('an address stands whole, and what is marked of it at either end tells it from others', () => {
  const ether = '0xB8F69a7388B034ed62FAa47c8c6e19A0a74176c0';
  const markup = renderToStaticMarkup(<AddressBlock address={ether} />);
  expect(markup.replaceAll(/<[^>]*>/g, '')).toBe(ether);
  expect(edgesOf(ether)).toEqual({ first: 2, last: 2 });
  expect(edgesOf('bc1p5d7rj'.padEnd(62, 'q'))).toEqual({ first: 2, last: 2 });
  expect(edgesOf('bcrt1p'.padEnd(64, 'q'))).toEqual({ first: 2, last: 1 });
  expect(edgesOf('4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr')).toEqual({ first: 1, last: 1 });
});
