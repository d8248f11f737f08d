import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findKeyRefusal, findVoices, type Said } from './counting.ts';
import type { IntentKind } from './intent-kinds.ts';
import type { Voice } from './requirements.ts';
import {
  findStructureFault,
  groupsOverlap,
  type Group,
  type Role,
  type Roster,
  type RosterPerson,
} from './roster.ts';
import { rosterTightens } from './roster-tightening.ts';
import { at, NOW, roster } from './testing/sample.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 8_000 : 400;

const IDS = ['p-oneaaaaaaa', 'p-twoaaaaaaa', 'p-threeaaaaa', 'p-fouraaaaaa', 'p-fiveaaaaaa'];
const ends = fc.constantFrom<string | null>(null, null, null, at(-60), at(60), at(120));
const groups = fc.constantFrom<Group | null>('control', 'control', 'custody', null);
const roles = fc.constantFrom<Role[]>(['officer'], ['officer'], ['administrator'], ['auditor']);
const credential = (
  id: string,
  end: string | null,
  revoked: boolean,
): RosterPerson['credentials'][number] => ({
  id,
  publicKey: `key-${id}`,
  backupEligible: false,
  software: true,
  notAfter: end,
  revokedAt: revoked ? NOW : null,
});

const person = (id: string, borrows: boolean): fc.Arbitrary<RosterPerson> =>
  fc
    .record({
      roles,
      group: borrows ? fc.constantFrom(null, null, null, 'control' as const) : groups,
      end: ends,
      keyEnd: ends,
      revoked: fc.constantFrom(false, false, false, true),
    })
    .map(({ roles: of, group, end, keyEnd, revoked }) => ({
      id,
      roles: of,
      group,
      ...(end === null ? {} : { notAfter: end }),
      credentials: [credential(`${id}1`, keyEnd, revoked), credential(`${id}2`, null, revoked)],
    }));

const delegation = fc.record({
  from: fc.constantFrom(...IDS),
  // The first two mostly have no group of their own, so that they speak for others.
  to: fc.constantFrom(...IDS, ...IDS.slice(0, 2), ...IDS.slice(0, 2)),
  notAfter: fc.constantFrom(at(-60), at(120), at(180), at(180)),
});
/** Nothing is decided under any other roster. */
const isSound = (of: Roster): boolean => !groupsOverlap(of) && findStructureFault(of) === null;

const draft: fc.Arbitrary<Roster> = fc
  .record({
    people: fc.tuple(...IDS.map((id, place) => person(id, place < 2))),
    delegations: fc.uniqueArray(delegation, {
      maxLength: 5,
      selector: ({ from, to }) => `${from} ${to}`,
    }),
  })
  .map(({ people, delegations }) => {
    const givers = new Set(people.flatMap(({ id, group }) => (group === null ? [] : [id])));
    const given = delegations.filter(({ from, to }) => from !== to && givers.has(from));
    return { ...roster, people, delegations: given };
  })
  .filter(isSound);

type Edit = (of: Roster) => Roster;
const everyone =
  (change: (person: RosterPerson, place: number) => RosterPerson): Edit =>
  (of) => ({
    ...of,
    people: of.people.map(change),
  });
const only = (chosen: number, change: (person: RosterPerson) => RosterPerson): Edit =>
  everyone((entry, place) => (place === chosen ? change(entry) : entry));

/** Changes of every sort, most of them such that something is taken away. */
const edit: fc.Arbitrary<Edit> = fc
  .record({
    place: fc.nat(4),
    end: ends,
    group: groups,
    of: roles,
    added: delegation,
    what: fc.nat(11),
  })
  .map(({ place, end, group, of: role, added, what }): Edit => {
    const lent =
      (
        change: (list: NonNullable<Roster['delegations']>) => NonNullable<Roster['delegations']>,
      ): Edit =>
      (of) => ({ ...of, delegations: change(of.delegations ?? []) });
    const edits: Edit[] = [
      (of) => ({ ...of, people: of.people.filter((_, at) => at !== place) }),
      only(place, (entry) => ({ ...entry, group: null })),
      only(place, (entry) => ({ ...entry, group })),
      only(place, (entry) => ({ ...entry, roles: role })),
      only(place, ({ notAfter: _notAfter, ...entry }) => ({
        ...entry,
        ...(end === null ? {} : { notAfter: end }),
      })),
      only(place, (entry) => ({ ...entry, credentials: entry.credentials.slice(1) })),
      only(place, (entry) => ({
        ...entry,
        credentials: entry.credentials.map((key) => ({ ...key, revokedAt: NOW })),
      })),
      only(place, (entry) => ({
        ...entry,
        credentials: entry.credentials.map((key) => ({ ...key, notAfter: end })),
      })),
      lent((list) => list.filter((_, at) => at !== place % Math.max(list.length, 1))),
      lent((list) =>
        list.map((given, at) => (at === place ? { ...given, notAfter: added.notAfter } : given)),
      ),
      lent((list) => [...list, added]),
      lent((list) => list.toReversed()),
    ];
    return edits[what] ?? ((of) => of);
  });

/** Raised by one of five people, approved by any of the others. */
const sets: readonly { raiser: number; approvers: readonly number[] }[] = IDS.flatMap((_, raiser) =>
  Array.from({ length: 2 ** IDS.length }, (__, bits) => ({
    raiser,
    approvers: IDS.flatMap((___, place) => (bits & (1 << place) ? [place] : [])),
  })).filter(({ approvers }) => !approvers.includes(raiser)),
);

/** Ids of the keys with which somebody states something at a time, each with its material. */
const keysAt = ({ people }: Roster, time: number): string[] =>
  people.flatMap((entry) =>
    entry.credentials
      .filter((key) => findKeyRefusal({ person: entry, credential: key }, time) === null)
      .map(({ id, publicKey }) => `${entry.id} ${id} ${publicKey}`),
  );

/** Who counts by a roster at a time, or null where the set would be refused. */
function counterFor(of: Roster, time: number) {
  const able = new Set(keysAt(of, time).map((key) => key.split(' ')[0]));
  const entries = IDS.map((id) => of.people.find((entry) => entry.id === id && able.has(id)));
  return ({ raiser, approvers }: (typeof sets)[number], kind: IntentKind): Voice[] | null => {
    const said: Said[] = [];
    for (const place of [raiser, ...approvers]) {
      const person = entries[place];
      if (!person) return null;
      said.push({ person, decision: place === raiser ? 'raise' : 'approve', code: null });
    }
    const voices = findVoices(said, kind, { roster: of, at: time });
    return typeof voices === 'string' ? null : voices;
  };
}

test(
  'what people can state after a tightening they could state before it, for the same groups',
  { timeout: 120_000 },
  () => {
    const seen = { tightenings: 0, counted: 0 };
    fc.assert(
      fc.property(draft, fc.array(edit, { minLength: 1, maxLength: 2 }), (current, edits) => {
        const next = edits.reduce((of, change) => change(of), current);
        if (!isSound(next) || !rosterTightens(current, next)) return;
        seen.tightenings += 1;
        for (const seconds of [0, 90]) {
          const time = Date.parse(at(seconds));
          expect(keysAt(current, time)).toEqual(expect.arrayContaining(keysAt(next, time)));
          const [before, after] = [counterFor(current, time), counterFor(next, time)];
          for (const set of sets)
            for (const kind of ['withdrawal', 'roster-change'] as const) {
              const counted = after(set, kind);
              if (counted === null) continue;
              seen.counted += 1;
              expect(before(set, kind)).toEqual(counted);
            }
        }
      }),
      { numRuns: runs },
    );
    // The property says something only when both occur.
    expect(seen.tightenings).toBeGreaterThan(runs / 20);
    expect(seen.counted).toBeGreaterThan(runs);
  },
);
