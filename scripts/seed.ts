/**
 * Makes the sample organisation of the sandbox, or with `--empty` the invitations of the founders of
 * one without, or with `--operations` only what operations need; started by the supervisor with the
 * variables it needs.
 */
import { readyFounders } from '#lib/sandbox/ready-founders.ts';
import { custodianFiles } from '#lib/sandbox/custodians/folder.ts';
import { seed } from '#lib/sandbox/seed.ts';
import { keyRingFile, sandboxFolder } from './supervisor/environments.ts';
import { partyFolder } from './supervisor/party-user.ts';
import { readSettings } from './supervisor/settings.ts';
import { welcomePath } from './supervisor/welcome.ts';

const { data } = readSettings(process.env, { isDev: false });

const log = (line: string): void => {
  console.log(line);
};
const welcomeFile = welcomePath(data);

if (process.argv.includes('--empty')) await readyFounders({ welcomeFile, log });
else
  await seed({
    keyRing: keyRingFile(data),
    custodians: custodianFiles(sandboxFolder(data)),
    welcomeFile,
    partyFolder: (party) => partyFolder(data, party),
    operationsOnly: process.argv.includes('--operations'),
    log,
  });
process.exit(0);
