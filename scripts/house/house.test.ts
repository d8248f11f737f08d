import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../supervisor/settings.ts';
import { findBreaches, printBreach } from './laws.ts';
import { lintOverrides } from './lint-rules.ts';
import { readSource } from './read-file.ts';
import { ROOMS, FREE_ROOMS, roomOf } from './rooms.ts';
import { filesOfGit, readTree } from './source-tree.ts';

const tree = readTree();

describe('the house', () => {
  test('every file that git lists was read and parsed', () => {
    const read = new Set(tree.map((file) => file.path));
    const listed = filesOfGit();
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.filter((path) => !read.has(path))).toEqual([]);
    expect(tree.length).toBeGreaterThanOrEqual(listed.length);
  });

  test('imports were really seen: nearly every file has some', () => {
    const withImports = tree.filter((file) => file.imports.length > 0);
    expect(withImports.length).toBeGreaterThan(tree.length * 0.6);
  });

  test('every folder of lib is a room of the table', () => {
    const rooms = new Set(tree.map((file) => roomOf(file.path)));
    const unknown = [...rooms].filter(
      (room) => !Object.hasOwn(ROOMS, room) && !FREE_ROOMS.has(room),
    );
    expect(unknown).toEqual([]);
  });

  test('no file breaks the law', () => {
    expect(findBreaches(tree).map(printBreach)).toEqual([]);
  });

  test("the linter's import rules are those of the table", () => {
    const config = JSON.parse(readFileSync(join(projectRoot, '.oxlintrc.json'), 'utf8')) as {
      overrides: { rules?: Record<string, unknown> }[];
    };
    const own = config.overrides.filter((item) => item.rules?.['no-restricted-imports']);
    expect(own).toEqual(lintOverrides());
  });
});

/** Sentences about `text` if it stood at `path`, next to the given other files. */
function breachesOf(path: string, text: string, others: Record<string, string> = {}): string[] {
  const files = Object.entries({ ...others, [path]: text }).map(([at, content]) =>
    readSource(at, content),
  );
  return findBreaches(files)
    .filter((breach) => breach.path === path)
    .map((breach) => breach.sentence);
}

describe('a planted breach is found', () => {
  test.each([
    ['lib/protocol/a.ts', "import { b } from '#lib/platform/result.ts';", 'may not import'],
    ['lib/chains/solana/a.ts', "import { b } from '#lib/operations/states.ts';", 'may not import'],
    ['lib/mpc/party/a.ts', "import { b } from '#lib/platform/db/client.ts';", 'may not import'],
    ['lib/mpc/party/a.ts', "export { b } from '#lib/platform/db/client.ts';", 'may not import'],
    [
      'lib/mpc/party/a.ts',
      "const b = await import('#lib/platform/db/client.ts');",
      'may not import',
    ],
    ['lib/mpc/party/a.ts', "import type { b } from '@prisma/client';", 'has no place in mpc'],
    ['lib/mpc/party/a.ts', "import 'next/server';", 'has no place in mpc'],
    ['lib/platform/a.ts', "import type { b } from '#lib/protocol/intent.ts';", 'may not import'],
    ['lib/ledger/a.ts', "import { b } from '#lib/identity/actor.ts';", 'may not import'],
    ['lib/operations/a.ts', "import { b } from '#lib/mpc/party/seal.ts';", "console's door"],
    ['lib/operations/a.ts', "import { b } from '#lib/sandbox/seed.ts';", 'which nobody imports'],
    ['lib/operations/a.ts', "import { b } from '#scripts/start.ts';", 'which nobody imports'],
    [
      'lib/operations/a.ts',
      "import { b } from '#lib/identity/testing/people.ts';",
      'for tests only',
    ],
    ['lib/operations/a.ts', "import { b } from '../identity/actor.ts';", 'write it as #'],
    ['components/ui/a.tsx', "import { b } from '#lib/protocol/intent.ts';", 'may not import'],
    ['components/ui/a.tsx', "import { b } from '../frame/clock.tsx';", 'may not import'],
    ['app/page.tsx', "import { b } from '#lib/operations/record-raise.ts';", 'by type only'],
    ['app/page.tsx', "import { type B } from '#lib/operations/record-raise.ts';", 'by type only'],
    ['app/page.tsx', "import { b } from '#lib/mpc/client/party-client.ts';", 'may not import'],
    ['proxy.ts', "import { b } from './lib/identity/actor.ts';", 'may not import'],
    ['lib/unheard-of/a.ts', "import { b } from '#lib/platform/result.ts';", 'not in the table'],
    ['lib/operations/a.ts', 'export default 1;', 'default export'],
    ['lib/operations/a.ts', 'const a = 1;\nexport { a as default };', 'default export'],
    ['lib/operations/index.ts', "export * from './states.ts';", 'a barrel'],
    ['lib/operations/a.ts', "const a = process.env['X'];", 'reads the environment'],
    ['lib/operations/a.ts', "const a = process['env'].X;", 'reads the environment'],
    ['lib/operations/raise.ts', "'use server';\nexport const a = 1;", 'called by anyone'],
    ['components/vaults/actions.ts', "'use server';", 'called by anyone'],
    ['lib/ledger/a.ts', 'const a = Number(text);', 'floating-point'],
    ['lib/ledger/a.ts', 'const a = parseFloat(text);', 'floating-point'],
    ['components/ui/amount.tsx', 'const a = Number.parseFloat(text);', 'floating-point'],
    ['lib/operations/a.ts', `// ${'TO' + 'DO'}: later`, 'holds the word'],
    ['lib/operations/a.test.ts', 'test.only("a", () => {});', 'switched off or runs alone'],
    ['lib/operations/a.ts', 'const a = ;', 'cannot be parsed'],
  ])('%s: %s', (path, text, expected) => {
    expect(breachesOf(path, text).join('\n')).toContain(expected);
  });

  test('a file of more than 400 lines is found', () => {
    expect(breachesOf('lib/operations/a.ts', 'const a = 1;\n'.repeat(400))).toEqual([]);
    expect(breachesOf('lib/operations/a.ts', 'const a = 1;\n'.repeat(401))).toEqual([
      'has 401 lines; a file stops at 400',
    ]);
  });

  test('a screen that loads something of a server, however far down, is found', () => {
    const text = "import { b } from '#lib/operations/b.ts';";
    const pure = {
      'lib/operations/b.ts': "import './c.ts';",
      'lib/operations/c.ts': 'export const c = 1;',
    };
    expect(breachesOf('components/vaults/a.tsx', text, pure)).toEqual([]);
    const impure = { ...pure, 'lib/operations/c.ts': "import 'node:fs';" };
    expect(breachesOf('components/vaults/a.tsx', text, impure).join()).toContain('needs a server');
    const heavy = { ...pure, 'lib/operations/c.ts': "import 'viem/utils';" };
    expect(breachesOf('components/vaults/a.tsx', text, heavy).join()).toContain('needs a server');
  });
});

describe('what the table allows is left alone', () => {
  test.each([
    ['components/vaults/a.tsx', "import type { b } from '#lib/operations/list-vaults.ts';"],
    ['app/page.tsx', "import { b } from '#lib/operations/list-vaults.ts';"],
    ['app/page.tsx', 'export default function Page() { return null; }'],
    ['app/page.tsx', "import type { B } from '#lib/operations/record-raise.ts';"],
    ['lib/operations/actions.ts', "'use server';\nexport const a = 1;"],
    ['lib/operations/a.ts', "import { b } from '#lib/mpc/client/sign-transaction.ts';"],
    ['lib/operations/a.test.ts', "import { b } from '#lib/sandbox/seed.ts';"],
    ['lib/sandbox/a.ts', "import { b } from '#lib/mpc/party/party.ts';"],
    ['proxy.ts', "import { b } from './lib/platform/env.ts';"],
    ['lib/platform/env.ts', 'const a = process.env;'],
  ])('%s: %s', (path, text) => {
    expect(breachesOf(path, text)).toEqual([]);
  });
});
