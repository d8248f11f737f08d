import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../supervisor/testing/processes.ts';

type Bootstrap = {
  nodeVersionProblem: (version: string) => string | null;
  sentenceFor: (output: string) => string | null;
  isInstalled: (root: string) => boolean;
  pinnedNode: (root: string) => string;
};

const load = async (name: string): Promise<Bootstrap> =>
  (await import(new URL(`./${name}`, import.meta.url).href)) as Bootstrap;

const { nodeVersionProblem } = await load('node-version.mjs');
const { sentenceFor } = await load('problem.mjs');
const { isInstalled, pinnedNode } = await load('install.mjs');

describe('the version of Node.js', () => {
  test.each(['20.20.0', '20.99.1', '22.0.0', '24.21.0', '100.0.0'])(
    '%s is new enough',
    (version) => {
      expect(nodeVersionProblem(version)).toBeNull();
    },
  );

  test.each(['20.19.9', '18.20.4', '8.0.0'])(
    '%s gets a sentence that says what to do',
    (version) => {
      expect(nodeVersionProblem(version)).toMatch(
        /needs Node\.js 20\.20 or newer[^]*https:\/\/nodejs\.org/,
      );
    },
  );
});

describe('what npm prints becomes a sentence', () => {
  test.each([
    ['npm error code ENOTFOUND', 'network'],
    ['npm error code EAI_AGAIN', 'network'],
    ['npm error code ECONNREFUSED', 'network'],
    ['npm error nospc ENOSPC: no space left on device, write', 'disk is full'],
    ['npm error code EACCES', 'cannot be written'],
    ['npm error code EINTEGRITY', 'not the one that package-lock.json names'],
    ['npm error code EUSAGE', 'do not fit together'],
    ['npm error code E401', 'refuses access'],
  ])('%s', (output, expected) => {
    expect(sentenceFor(output)).toContain(expected);
  });

  test('anything else is shown as it is', () => {
    expect(sentenceFor('npm error code ESOMETHING')).toBeNull();
  });
});

function project(installed: Record<string, string>): string {
  const root = newFolder();
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  mkdirSync(join(pinnedNode(root), '..'), { recursive: true });
  writeFileSync(pinnedNode(root), '');
  const present = Object.fromEntries(
    Object.entries(installed).map(([name, version]) => [`node_modules/${name}`, { version }]),
  );
  writeFileSync(
    join(root, 'node_modules', '.package-lock.json'),
    JSON.stringify({ packages: present }),
  );
  return root;
}

describe('whether packages are installed', () => {
  test('an empty project is not', () => {
    const root = newFolder();
    writeFileSync(join(root, 'package-lock.json'), '{}');
    expect(isInstalled(root)).toBe(false);
  });

  test('what someone installed by hand counts, without optional ones for other systems', () => {
    const root = project({ a: '1.0.0' });
    expect(isInstalled(root)).toBe(true);
    expect(readFileSync(join(root, 'node_modules', '.countersign-stamp'), 'utf8')).toMatch(
      /^[0-9a-f]{64} /,
    );
  });

  test.each([
    ['a missing package', {}],
    ['another version', { a: '1.0.1' }],
  ])('%s means that it is not', (_what, installed) => {
    expect(isInstalled(project(installed))).toBe(false);
  });

  test('a changed lock file means that it is not', () => {
    const root = project({ a: '1.0.0' });
    expect(isInstalled(root)).toBe(true);
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '3.0.0' } } }),
    );
    expect(isInstalled(root)).toBe(false);
  });
});
