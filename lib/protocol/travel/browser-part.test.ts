import { expect, test } from 'vitest';
import { resolveImport } from '#scripts/house/import-graph.ts';
import { isTest } from '#scripts/house/rooms.ts';
import { readTree } from '#scripts/house/source-tree.ts';

const files = new Map(readTree().map((file) => [file.path, file]));

/** Every package that a file loads at run time, however far down. */
function packagesOf(path: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(path)) return packages;
  seen.add(path);
  for (const { specifier, isTypeOnly } of files.get(path)?.imports ?? []) {
    if (isTypeOnly) continue;
    const target = resolveImport(path, specifier);
    if (target === null) packages.add(specifier);
    else for (const name of packagesOf(target, seen)) packages.add(name);
  }
  return packages;
}

/** Reads documents, which only servers and parties do. */
const SERVER_PART = 'lib/protocol/travel/travel-document.ts';

const browserPart = [...files.keys()].filter(
  (path) =>
    /^(?:lib\/protocol|components)\/travel\//.test(path) && path !== SERVER_PART && !isTest(path),
);

test('what shows and reads codes in a browser loads no schema library and nothing of a server', () => {
  expect(browserPart.length).toBeGreaterThan(20);
  expect([...packagesOf(SERVER_PART)]).toContain('zod');
  for (const path of browserPart) {
    const packages = [...packagesOf(path)];
    expect(packages.filter((name) => /^(?:zod|node:)/.test(name))).toEqual([]);
  }
});
