import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Digest } from './grouped.tsx';

const value = '0123456789abcdef'.repeat(4);

test('a digest stands whole and in one piece beside its words', () => {
  const markup = renderToStaticMarkup(<Digest value={value} words={['abandon', 'zoo']} />);
  const [words, digest] = markup.split('</ol>').map((part) => part.replaceAll(/<[^>]*>/g, ''));
  expect(words).toBe('abandonzoo');
  expect(digest).toBe(value);
});
