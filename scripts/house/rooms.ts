/**
 * Who may import whom. A room is a folder of the house; anything the table does not name is
 * forbidden. The linter's import rules are made from the same table (see lint-rules.ts).
 */

/**
 * What of another room may be imported:
 * `all` of it; `types` only, which leave nothing at run time; its `doors`: queries, actions and who
 * is signed in; `pure` modules, which work in a browser too, besides its actions; `client` for the
 * console's way to the parties.
 */
export type Reach = 'all' | 'types' | 'doors' | 'pure' | 'client';

type Grants = Readonly<Record<string, Reach>>;

/** Areas: what the console is about. Screens get at them through doors and pure modules only. */
const AREAS = [
  'audit',
  'persons',
  'identity',
  'ledger',
  'operations',
  'reconciliation',
  'clients',
  'incidents',
  'resilience',
  'privacy',
  'assurance',
] as const;

const toAreas = (reach: Reach): Grants => Object.fromEntries(AREAS.map((area) => [area, reach]));

const ground: Grants = { protocol: 'all', audit: 'all', platform: 'all', persons: 'all' };
const aboveOperations: Grants = {
  ...ground,
  operations: 'all',
  identity: 'all',
};

export const ROOMS: Readonly<Record<string, Grants>> = {
  protocol: {},
  chains: { protocol: 'all' },
  // The parties' room: whatever happens to the console's rooms must not reach them.
  mpc: { protocol: 'all', chains: 'all' },
  platform: {},
  audit: { protocol: 'all', platform: 'all' },
  verify: { protocol: 'all', chains: 'all', ledger: 'pure', audit: 'pure' },
  persons: { protocol: 'all', audit: 'all', platform: 'all' },
  identity: ground,
  ledger: { audit: 'all', platform: 'all' },
  operations: { ...ground, chains: 'all', mpc: 'client', ledger: 'all', identity: 'all' },
  reconciliation: { ...aboveOperations, ledger: 'all', chains: 'all' },
  // Working days are the same in every register; how they are counted is a pure rule.
  clients: { ...aboveOperations, ledger: 'all', chains: 'all', reconciliation: 'pure' },
  incidents: aboveOperations,
  resilience: { ...aboveOperations, incidents: 'all' },
  // A breach is an incident with a second clock, counted for the same seat and its holidays; the
  // registers are records like those of resilience, and have to agree with its third parties.
  privacy: { ...aboveOperations, incidents: 'all', resilience: 'all' },
  assurance: { ...toAreas('doors'), protocol: 'all', platform: 'all' },
  ui: {},
  components: { ...toAreas('pure'), ui: 'all', protocol: 'pure', chains: 'pure', platform: 'pure' },
  app: { ...toAreas('doors'), ui: 'all', components: 'all', protocol: 'all', platform: 'all' },
  // Files at the top that a framework asks for: proxy, instrumentation, configuration.
  top: { platform: 'all' },
};

/** Rooms that may import anything: entry points, browser tests, the sample organisation. */
export const FREE_ROOMS: ReadonlySet<string> = new Set(['scripts', 'e2e', 'sandbox']);

/** What nobody but the free rooms and tests imports. */
export const CLOSED_ROOMS: ReadonlySet<string> = new Set(['scripts', 'e2e', 'sandbox']);

/** Packages that must never get into a room, not even by type. */
export const BANNED_PACKAGES: Readonly<Record<string, RegExp>> = {
  protocol: /^(?:next|react|pg|prisma|server-only|@prisma|@tanstack|@solana)(?:$|[/-])/,
  chains: /^(?:next|react|pg|prisma|server-only|@prisma|@tanstack)(?:$|[/-])/,
  mpc: /^(?:next|react|pg|prisma|server-only|@prisma|@tanstack)(?:$|[/-])/,
  verify: /^(?:next|react|pg|prisma|server-only|@prisma|@tanstack)(?:$|[/-])/,
  ui: /^(?:pg|prisma|server-only|next-auth|node:|@prisma)/,
  components: /^(?:pg|prisma|server-only|next-auth|node:|@prisma)/,
};

/** The room of a file, by its path from the top of the project. */
export function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  // It configures the browser tests and shares how they launch the browser.
  if (path === 'playwright.config.ts') return 'e2e';
  if (!path.includes('/')) return 'top';
  if (top === 'components') return second === 'ui' ? 'ui' : 'components';
  return top === 'lib' ? second : top;
}

/** Tests, and the helpers that only tests may use, stand outside the table. */
export const isTest = (path: string): boolean =>
  /\.(?:test|prop\.test|db\.test|proc\.test|e2e)\.tsx?$/.test(path) || path.includes('/testing/');

const DOORS =
  /^(?:queries|actions|current-actor|next-auth)\.ts$|^(?:list|view)-[a-z0-9-]+\.ts$|-actions\.ts$/;

/** True for a file through which screens enter an area. */
export const isDoor = (path: string): boolean => DOORS.test(path.slice(path.lastIndexOf('/') + 1));

export type Edge = { from: string; to: string; isTypeOnly: boolean };

/**
 * Says what is wrong with an import of one of our files by another; null when nothing is.
 * @param isPure tells whether a file works without a server; asked only where that matters
 */
export function importFault(edge: Edge, isPure: (path: string) => boolean): string | null {
  const from = roomOf(edge.from);
  const to = roomOf(edge.to);
  if (isTest(edge.from)) return null;
  if (FREE_ROOMS.has(from)) return null;
  // A bench measures what the tests' own fixtures set up.
  if (isTest(edge.to) && !/\/bench(?:-[a-z-]+)?\.ts$/.test(edge.from)) return 'is for tests only';
  if (from === to) return null;
  if (CLOSED_ROOMS.has(to)) return `lies in ${to}, which nobody imports`;
  const grants = ROOMS[from];
  if (!grants) return `comes from ${from}, a room that is not in the table of rooms`;
  const reach = grants[to];
  if (!reach) return `lies in ${to}, which ${from} may not import`;
  return reachFault(edge, reach, isPure);
}

function reachFault(edge: Edge, reach: Reach, isPure: (path: string) => boolean): string | null {
  switch (reach) {
    case 'all':
      return null;
    case 'types':
      return edge.isTypeOnly ? null : 'may be imported by type only';
    case 'doors':
      return edge.isTypeOnly || isDoor(edge.to)
        ? null
        : 'is not a query or an action, so it may be imported by type only';
    case 'pure':
      return edge.isTypeOnly || isPure(edge.to)
        ? null
        : 'needs a server, so it may be imported by type only';
    case 'client':
      return /^lib\/mpc\/(?:client\/|client\.ts$)/.test(edge.to) || edge.isTypeOnly
        ? null
        : "is not the console's door to the parties (lib/mpc/client), so it may be imported by type only";
  }
}
