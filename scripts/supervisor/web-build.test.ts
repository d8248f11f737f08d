import { expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { buildFault } from './web-build.ts';

test('a second build at a time is told to wait, and every other fault stays as it is', () => {
  const busy = new Problem('It ended.\n    ⨯ Another next build process is already running.');
  expect((buildFault(busy) as Problem).message).toMatch(
    /^Another start, or the tests,.+Wait until/u,
  );
  const broken = new Problem('The build of the web server failed: it ended with code 1.');
  expect(buildFault(broken)).toBe(broken);
  const bug = new TypeError('Another next build process is already running');
  expect(buildFault(bug)).toBe(bug);
});
