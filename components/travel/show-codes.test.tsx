import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '#lib/protocol/travel/testing/sample.ts';
import { rasterOf, seen } from '#lib/protocol/travel/testing/raster.ts';
import { cameraProblem } from './camera-problem.ts';
import { CodeLoop } from './code-loop.tsx';
import { ReadCodes } from './read-codes.tsx';
import { ShowCodes } from './show-codes.tsx';

const codes = await chunksOf(new TextEncoder().encode('x'.repeat(500) + Math.PI), 20);

/** The modules of the one picture in some markup. */
function modulesIn(markup: string): boolean[][] {
  const side = Number(/viewBox="0 0 (\d+) /.exec(markup)?.[1]);
  const modules = Array.from({ length: side }, () => Array.from({ length: side }, () => false));
  for (const [, x, y, width] of markup.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return modules;
}

describe('codes on a page', () => {
  test('stand still before it is known whether motion is wanted, with the first in view', () => {
    const markup = renderToStaticMarkup(<CodeLoop chunks={codes} what="the request" />);
    expect(seen(rasterOf(modulesIn(markup)))).toBe(codes[0]);
    expect(markup).toContain(`aria-label="Code 1 of ${codes.length} of the request"`);
    expect(markup).toContain('>Play<');
  });

  test('one code has nothing to step through', () => {
    const markup = renderToStaticMarkup(<CodeLoop chunks={codes.slice(0, 1)} what="the request" />);
    expect(markup).not.toContain('<button');
  });

  test('are black on white in every theme, without a style or a handler in the markup', () => {
    const pages = [
      <ShowCodes key="show" text="x" fileName="x.txt" what="the request" />,
      <ReadCodes key="read" onDocument={() => undefined} what="the answer" />,
      <CodeLoop key="loop" chunks={codes} what="the request" />,
    ].map((page) => renderToStaticMarkup(page));
    for (const markup of pages) expect(markup).not.toMatch(/ (?:style|on[a-z]+)=/);
    expect(pages[2]).toContain('fill="#fff"');
    expect(pages[2]).toContain('fill="#000"');
  });
});

test.each([
  [new DOMException('', 'NotAllowedError'), 'does not give the camera'],
  [new DOMException('', 'NotFoundError'), 'no camera'],
  [new DOMException('', 'NotReadableError'), 'Another program'],
  [new TypeError('x'), 'gave no picture'],
  ['x', 'gave no picture'],
])('a camera that fails is explained: %s', (error, sentence) => {
  expect(cameraProblem(error)).toContain(sentence);
});
