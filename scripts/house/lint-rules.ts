/** The linter's import rules, made from the table of rooms; a test holds .oxlintrc.json to them. */
import { CLOSED_ROOMS, ROOMS } from './rooms.ts';

type Override = {
  files: string[];
  excludeFiles: string[];
  rules: {
    'no-restricted-imports': [string, { patterns: { group: string[]; message: string }[] }];
  };
};

const folderOf = (room: string): string =>
  room === 'ui' || room === 'components' || room === 'app' ? room : `lib/${room}`;

const filesOf = (room: string): string[] => {
  if (room === 'top') return ['proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts'];
  if (room === 'ui') return ['components/ui/**'];
  return [`${folderOf(room)}/**`];
};

const specifierOf = (room: string): string =>
  room === 'scripts' || room === 'e2e' ? `#${room}/**` : `#${folderOf(room)}/**`;

/** Every folder of components but `ui`; the linter's patterns know no other way to say it. */
const ALL_SCREENS = ['#components/[!u]*/**', '#components/u[!i]*/**', '#components/ui?*/**'];

/** Specifiers of the rooms that `room` may not import in any way. */
function forbiddenTo(room: string): string[] {
  const all = [...Object.keys(ROOMS), ...CLOSED_ROOMS].filter((other) => other !== 'top');
  const grants = ROOMS[room] ?? {};
  const forbidden = all.filter((other) => other !== room && !Object.hasOwn(grants, other));
  // Primitives and screens share a folder, and screens may use primitives.
  return forbidden.flatMap((other) =>
    other === 'components' ? ALL_SCREENS : [specifierOf(other)],
  );
}

/**
 * The linter sees one file at a time, so it enforces what a specifier shows: which rooms are out of
 * bounds altogether. Doors, purity and types are the house test's.
 */
export function lintOverrides(): Override[] {
  return Object.entries(ROOMS).map(([room, grants]) => ({
    files: filesOf(room),
    excludeFiles: [
      '**/*.test.ts',
      '**/*.test.tsx',
      '**/testing/**',
      ...(room === 'components' ? ['components/ui/**'] : []),
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbiddenTo(room),
              message: `${room} may import ${Object.keys(grants).join(', ') || 'nothing of ours'} (scripts/house/rooms.ts).`,
            },
          ],
        },
      ],
    },
  }));
}
