/** Where the party that was named has its data on this machine. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { adminSocketPath } from '#lib/mpc/party/admin-socket.ts';
import { sandboxColdParties } from '#lib/sandbox/cold-parties.ts';
import { partyFolder } from '../supervisor/party-user.ts';
import { Problem } from '../supervisor/problem.ts';

/** Far more than a roster can hold; a folder with more is no folder of parties. */
const NAMES_MAX = 32;

function namesIn(data: string): string[] {
  try {
    return readdirSync(join(data, 'parties'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted()
      .slice(0, NAMES_MAX);
  } catch {
    return [];
  }
}

function unknown(data: string, party: string): Problem {
  const names = namesIn(data);
  return new Problem(
    names.length === 0
      ? `No party has its data under ${data}. Start the sandbox, or name the party's data folder by COUNTERSIGN_PARTY_DATA.`
      : `There is no party ${party} under ${data}, only ${names.join(', ')}. Name one of them, or another data folder by COUNTERSIGN_PARTY_DATA.`,
  );
}

/** A cold party answers nobody but the people before it, so nothing waits at its folder. */
const cold = (party: string): Problem =>
  new Problem(
    `Party ${party} is a cold one and shows an operation only to the people at its site: open it with \`npm run cold -- ${party} --sandbox\` and bring it the request of the operation.`,
  );

/**
 * @param of.own the setting COUNTERSIGN_PARTY_DATA, where the party is none of this sandbox.
 * @param of.data the sandbox's data folder.
 * @throws Problem where there is no such party, or it is a cold one.
 */
export function showFolder(of: { party: string; own: string | undefined; data: string }): string {
  const { party, data } = of;
  const own = of.own === undefined || of.own === '' ? null : resolve(of.own);
  if (own !== null) {
    if (existsSync(own)) return own;
    throw new Problem(`COUNTERSIGN_PARTY_DATA names ${own}, where there is no folder.`);
  }
  const folder = partyFolder(data, party);
  // What listens there is asked, whatever the sandbox calls its cold parties.
  const path = adminSocketPath(folder);
  const listens = path !== null && existsSync(path);
  if (!listens && sandboxColdParties.some(({ name }) => name === party)) throw cold(party);
  if (!existsSync(folder)) throw unknown(data, party);
  return folder;
}
