import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import {
  fullSet,
  inputFor,
  keyCeremony,
  destinationListing,
  rosterChange,
  withdrawal,
} from './testing/sample.ts';

type Path = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every leaf and every container below a value. */
function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [
    ...(path.length > 0 ? [path] : []),
    ...inside.flatMap(([key, member]) => pathsOf(member, [...path, key])),
  ];
}

function changed(value: Json): Json {
  if (value === null) return 'ab'.repeat(32);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.slice(0, -1);
  if (typeof value === 'object') return { ...value, added: 1 };
  // The first character keeps formats whole more often than the last: base64url, hex, ids, numbers.
  const swap: Record<string, string> = { a: 'b', A: 'B', '0': '1', '1': '2' };
  const place = value.search(/[aA01]/);
  return place < 0
    ? `${value}x`
    : value.slice(0, place) + swap[value[place] ?? ''] + value.slice(place + 1);
}

/** A deep copy with the value at the path replaced, or taken away for `undefined`. */
function replaced(root: Json, path: Path, change: (value: Json) => Json | undefined): Json {
  const copy = structuredClone(root);
  let parent = copy as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, Json>;
  const last = path[path.length - 1] ?? '';
  const value = change(parent[last] as Json);
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** Not signed, and not looked at: the authenticator's kind and what extensions told the page. */
const UNSIGNED = new Set(['authenticatorAttachment', 'clientExtensionResults']);

describe.each([withdrawal, keyCeremony, rosterChange, destinationListing])('$kind', (intent) => {
  const plain = JSON.parse(JSON.stringify(intent)) as Json;
  const statements = JSON.parse(JSON.stringify(fullSet(intent))) as Json;

  test('the unchanged copy is accepted', () => {
    expect(decide(inputFor(intent, { intent: plain, statements }))).toEqual({ ok: true });
  });

  test('an intent with any one field changed, taken away or added is refused', () => {
    const paths = pathsOf(plain);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths)
      for (const change of [changed, () => undefined]) {
        const candidate = replaced(plain, path, change);
        const { ok } = decide(inputFor(intent, { intent: candidate, statements }));
        expect(ok, path.join('.')).toBe(false);
      }
    expect(decide(inputFor(intent, { intent: { ...intent, added: 1 }, statements })).ok).toBe(
      false,
    );
  });

  test('a statement or assertion with any one field changed, taken away or added is refused, but for one that a browser adds to its response', () => {
    const paths = pathsOf(statements).filter(
      (path) => !path.some((key) => UNSIGNED.has(String(key))),
    );
    expect(paths.length).toBeGreaterThan(60);
    for (const path of paths)
      for (const change of [changed, () => undefined]) {
        const candidate = replaced(statements, path, change);
        const { ok } = decide(inputFor(intent, { intent: plain, statements: candidate }));
        const isAddedToResponse = path.at(-1) === 'response' && change === changed;
        expect(ok, path.join('.')).toBe(isAddedToResponse);
      }
  });

  test('two statements never lend each other their assertions', () => {
    const list = fullSet(intent);
    for (const [here, one] of list.entries())
      for (const [there, two] of list.entries()) {
        if (here === there) continue;
        const mixed = list.with(here, { ...one, assertion: two.assertion });
        expect(decide(inputFor(intent, { statements: mixed })).ok).toBe(false);
      }
  });
});

test('a transaction with any one field changed is refused, but for what the intent leaves free', () => {
  const input = inputFor(withdrawal);
  const free = new Set(['feePayer', 'conflictKey']);
  for (const [field, value] of Object.entries(input.transaction ?? {})) {
    const transaction = {
      ...input.transaction,
      [field]: changed(value),
    } as typeof input.transaction;
    expect(decide({ ...input, transaction }).ok, field).toBe(free.has(field));
  }
});
