import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { decideInput } from './decide-input.ts';
import { isStopKind } from './intent-kinds.ts';
import type { Intent } from './intent.ts';
import { isPartyRefusal } from './refusals.ts';
import { acceptedInput, everyKind, statementsFor } from './testing/every-kind.ts';
import { inputFor, withdrawal } from './testing/sample.ts';

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

const intents: readonly Intent[] = Object.values(everyKind);

describe.each(intents)('$kind', (intent) => {
  const input = acceptedInput(intent);
  const plain = JSON.parse(JSON.stringify(intent)) as Json;
  const statements = JSON.parse(JSON.stringify(statementsFor(intent))) as Json;

  test('the unchanged copy is accepted', () => {
    expect(decide({ ...input, intent: plain, statements })).toEqual({ ok: true });
  });

  test('an intent with any one field changed, taken away or added is refused', () => {
    const paths = pathsOf(plain);
    expect(paths.length).toBeGreaterThan(7);
    for (const path of paths)
      for (const change of [changed, () => undefined]) {
        const candidate = replaced(plain, path, change);
        const { ok } = decide({ ...input, intent: candidate, statements });
        expect(ok, path.join('.')).toBe(false);
      }
    expect(decide({ ...input, intent: { ...intent, added: 1 }, statements }).ok).toBe(false);
  });

  test('a statement or assertion with any one field changed, taken away or added is refused, but for one that a browser adds to its response', () => {
    const paths = pathsOf(statements).filter(
      (path) => !path.some((key) => UNSIGNED.has(String(key))),
    );
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths)
      for (const change of [changed, () => undefined]) {
        const candidate = replaced(statements, path, change);
        const { ok } = decide({ ...input, intent: plain, statements: candidate });
        const isAddedToResponse = path.at(-1) === 'response' && change === changed;
        expect(ok, path.join('.')).toBe(isAddedToResponse);
      }
  });

  test('two statements never lend each other their assertions', () => {
    const list = statementsFor(intent);
    for (const [here, one] of list.entries())
      for (const [there, two] of list.entries()) {
        if (here === there) continue;
        const mixed = list.with(here, { ...one, assertion: two.assertion });
        expect(decide({ ...input, statements: mixed }).ok).toBe(false);
      }
  });
});

/** Each of some thousand states is decided on with `npm run test:long`; else some of them. */
const EVERY = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 7 : 1;

describe('what the party holds', () => {
  const own = ['party', 'roster', 'policy', 'ties', 'transaction', 'now'] as const;
  /** Every state with one thing changed, taken away or added that still has the form of one. */
  function* changedStates(intent: Intent): Generator<ReturnType<typeof acceptedInput>> {
    const input = acceptedInput(intent);
    let met = 0;
    for (const field of own) {
      const state = JSON.parse(JSON.stringify(input[field])) as Json;
      const inside = typeof state === 'object' && state !== null;
      for (const path of inside ? pathsOf(state) : [])
        for (const change of [changed, () => undefined]) {
          met += 1;
          if (met % EVERY !== 0) continue;
          const parsed = decideInput.safeParse({
            ...input,
            [field]: replaced(state, path, change),
          });
          if (parsed.success) yield { ...input, [field]: parsed.data[field] };
        }
    }
  }

  test.each(intents.filter(({ kind }) => !isStopKind(kind)))(
    '$kind: with one statement missing, no one change of it lets the rest pass',
    (intent) => {
      let states = 0;
      // The approval, which no policy can do without.
      const statements = statementsFor(intent).toSpliced(1, 1);
      for (const input of changedStates(intent)) {
        const answer = decide({ ...input, statements });
        expect(answer.ok).toBe(false);
        if (!answer.ok) expect(isPartyRefusal(answer.refusal)).toBe(true);
        states += 1;
      }
      expect(states).toBeGreaterThan(20);
    },
  );

  test.each(intents.filter(({ kind }) => isStopKind(kind)))(
    '$kind: without its raise, no one change of it lets it pass',
    (intent) => {
      const others = statementsFor(withdrawal).slice(1);
      for (const input of changedStates(intent)) {
        expect(decide({ ...input, statements: others }).ok).toBe(false);
      }
    },
  );
});

test('a transaction with any one field changed is refused, but for what the intent leaves free', () => {
  const input = inputFor(withdrawal);
  const free = new Set(['feePayer', 'conflictKey']);
  for (const [field, value] of Object.entries(input.transaction ?? {})) {
    if (value === undefined) continue;
    const transaction = {
      ...input.transaction,
      [field]: changed(value),
    } as typeof input.transaction;
    expect(decide({ ...input, transaction }).ok, field).toBe(free.has(field));
  }
});
