/** What an empty sandbox tells the person who started it: how its organisation is founded. */
import { existsSync } from 'node:fs';
import { setupCodePath } from '#lib/mpc/party/setup-code.ts';
import { withClient } from '#lib/platform/db/owner-client.ts';
import { originOf, PARTIES } from './parties.ts';
import { partyFolder } from './party-user.ts';
import type { Settings } from './settings.ts';
import type { WelcomeLink } from './welcome.ts';

/** True until the first key ceremony is done; genesis and it need every party. */
export async function isWithoutVault(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, { name: 'founding' }, async (client) => {
    const { rows } = await client.query<{ some: boolean }>(
      'select exists (select from vault) as some',
    );
    return rows[0]?.some !== true;
  });
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `       ${name.padEnd(width)}  ${value}`);
}

/** Parties that still wait to be pinned: those that have their set-up code yet. */
const unpinned = (settings: Settings) =>
  PARTIES.map((name) => ({ name, code: setupCodePath(partyFolder(settings.data, name)) })).filter(
    ({ code }) => existsSync(code),
  );

/** The way from an empty sandbox to the first vault, as lines; shorter once genesis is pinned. */
export function foundingSteps(settings: Settings, links: readonly WelcomeLink[]): string[] {
  const waiting = unpinned(settings);
  const first = `${settings.origin}/vaults/new`;
  if (waiting.length === 0)
    return [
      `Genesis is pinned. Vaults are made at ${first}; the recovery party is needed for that:`,
      '  npm run party -- start recovery     and afterwards     npm run party -- stop recovery',
    ];
  return [
    'This sandbox has no organisation yet. Its founders make one:',
    '',
    '  1. Each opens their link in a browser profile of their own (a private window will do) and',
    `     registers a key.${links.length === 0 ? ' The links of the first start are used or expired.' : ''}`,
    ...table(links.map(({ label, url }) => [label, url])),
    '     Who has enrolled: npm run founders. New links: npm run founders -- --renew',
    `  2. They sign in at ${settings.origin}/genesis, draw up the document there, compare, sign.`,
    '  3. At the page of each party somebody compares the twelve words again and pins the document,',
    '     with the set-up code from the file beside it:',
    ...table(
      waiting.map(({ name, code }) => [`Party ${name}`, `${originOf(settings, name)}   ${code}`]),
    ),
    `  4. The first key is made at ${first}. Then the recovery party can rest:`,
    '     npm run party -- stop recovery',
  ];
}
