/** `npm run keys`: what whoever runs the installation asks the data-key service. */
import type { OwnerKeys } from '#lib/platform/data-keys/client.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { ownerKeys } from './supervisor/owner-keys.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run keys                        generation of the root key, copies, what is pending
npm run keys -- backup              write a backup of the keys now
npm run keys -- rotate              change the root key
npm run keys -- renew-copy FOLDER   begin a copy anew whose disk is lost for good

In production COUNTERSIGN_KEYS and COUNTERSIGN_KEYS_TOKEN_OWNER say where and who.`;

async function show(keys: OwnerKeys): Promise<void> {
  const { generation, keys: count, copies, takenFrom, isShreddingPending } = await keys.health();
  console.log(`root key of generation ${generation}, ${count} data keys`);
  if (takenFrom !== null) console.log(`at the last start the keys came from ${takenFrom}`);
  for (const { place, fault } of copies)
    console.log(`copy ${place}: ${fault === null ? 'whole' : `behind (${fault})`}`);
  if (isShreddingPending) console.log('A copy may still hold keys that were destroyed.');
}

/** What is asked, read before anybody is. */
function readWords([verb = 'show', place, ...rest]: readonly string[]) {
  if (!['show', 'backup', 'rotate', 'renew-copy'].includes(verb)) throw unknownWord(verb, USAGE);
  if (rest.length > 0 || (verb === 'renew-copy') !== (place !== undefined))
    throw misuse('“renew-copy” takes one folder, the others none.', USAGE);
  return { verb, place: place ?? '' };
}

async function ask(keys: OwnerKeys, { verb, place }: ReturnType<typeof readWords>): Promise<void> {
  if (verb === 'backup') await keys.backup();
  if (verb === 'rotate') await keys.rotate();
  if (verb === 'renew-copy') await keys.renewCopy(place);
  await show(keys);
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const asked = readWords(words);
  const keys = ownerKeys(readSettings(process.env, { isDev: false }));
  try {
    await ask(keys, asked);
  } catch (error) {
    if (error instanceof DataKeysError) throw new Problem(error.message);
    throw error;
  } finally {
    keys.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
