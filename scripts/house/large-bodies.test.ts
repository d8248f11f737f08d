import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../supervisor/settings.ts';
import { filesOfGit } from './source-tree.ts';

const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** What a body has at most that passes the proxy: `proxyClientMaxBodySize` of next.config.mjs. */
const passedMax = 256 * 1024;

/** The limit that a route sets to what it reads. */
const limitOf = (path: string): number =>
  Number(
    /\bbytesMax\b[^=]*= (?<limit>[\d_]+)/
      .exec(textOf(path))
      ?.groups?.['limit']?.replaceAll('_', ''),
  );

const routes = filesOfGit().filter(
  (path) => /^app\/api\/.*\/route\.ts$/.test(path) && textOf(path).includes('readBytes('),
);
/** Addresses of routes that take more. */
const doorsForFiles = routes
  .filter((path) => limitOf(path) > passedMax)
  .map((path) => path.replace(/^app/, '').replace(/\/route\.ts$/, ''));

test('a file that somebody sends never passes the proxy, which would cut it off', () => {
  const matcher = /matcher: \[\s*'(?<pattern>[^']+)',?\s*\]/.exec(textOf('proxy.ts'))?.groups?.[
    'pattern'
  ];
  const passes = new RegExp(`^${matcher}$`);
  expect(textOf('next.config.mjs')).toContain("proxyClientMaxBodySize: '256kb'");
  expect(routes.filter((path) => Number.isNaN(limitOf(path)))).toEqual([]);
  expect(passes.test('/api/live/queue')).toBe(true);
  expect(doorsForFiles).toContain('/api/resilience/register');
  expect(doorsForFiles.filter((path) => passes.test(path))).toEqual([]);
});
