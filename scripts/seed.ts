/** Makes the sample organisation of the sandbox; started by the supervisor with the variables it needs. */
import { seed } from '#lib/sandbox/seed.ts';
import { keyRingFile } from './supervisor/environments.ts';
import { partyFolder } from './supervisor/party-user.ts';
import { readSettings } from './supervisor/settings.ts';
import { welcomePath } from './supervisor/welcome.ts';

const { data } = readSettings(process.env, { isDev: false });

await seed({
  keyRing: keyRingFile(data),
  welcomeFile: welcomePath(data),
  partyFolder: (party) => partyFolder(data, party),
  log: (line) => {
    console.log(line);
  },
});
process.exit(0);
