/** What was typed after `npm run cold --`. Pure. */
import { parseArgs } from 'node:util';
import { group } from '#lib/protocol/roster.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { Problem } from '../supervisor/problem.ts';

export const USAGE = `npm run cold -- NAME --group GROUP     open a cold party, such as cold-a of the group custody
    --data FOLDER      its data folder ($COUNTERSIGN_DATA/parties/NAME otherwise)
    --origin ORIGIN    address of its page on this machine (http://localhost:3119 in the sandbox)
    --online-ok        open it although this machine has a network
The other settings of a party are read as ever: docs/party-keys.md`;

/** The page's address where nothing else is said; production has to say it. */
const SANDBOX_ORIGIN = 'http://localhost:3119';

export type ColdCommand =
  | { do: 'help' }
  | {
      do: 'open';
      onlineOk: boolean;
      /** The environment of the party: what was typed wins. */
      environment: NodeJS.ProcessEnv;
    };

const options = {
  group: { type: 'string' },
  data: { type: 'string' },
  origin: { type: 'string' },
  'online-ok': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function read(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : 'Unknown option.'}\n\n${USAGE}`);
  }
}

/**
 * Reads the words of the command line.
 * @param environment of the process. A cold party is opened with a passphrase unless it says otherwise.
 * @throws Problem with a sentence about the word that is wrong
 */
export function readColdCommand(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): ColdCommand {
  const { values, positionals } = read(words);
  const [name, ...more] = positionals;
  if (values.help || name === undefined) return { do: 'help' };
  if (more.length > 0 || !slug.safeParse(name).success)
    throw new Problem(`A cold party has one name in lower case, such as cold-a.\n\n${USAGE}`);
  const own = values.group ?? environment['COUNTERSIGN_PARTY_GROUP'];
  if (!group.safeParse(own).success)
    throw new Problem(
      `--group names the group that the party acts for: ${group.options.join(', ')}.`,
    );
  const isSandbox = (environment['COUNTERSIGN_MODE'] ?? 'sandbox') === 'sandbox';
  const origin = values.origin ?? environment['COUNTERSIGN_PARTY_ORIGIN'];
  return {
    do: 'open',
    onlineOk: values['online-ok'],
    environment: {
      ...environment,
      COUNTERSIGN_PARTY_NAME: name,
      COUNTERSIGN_PARTY_GROUP: own,
      COUNTERSIGN_PARTY_KEK: environment['COUNTERSIGN_PARTY_KEK'] ?? 'passphrase',
      ...(values.data === undefined ? {} : { COUNTERSIGN_PARTY_DATA: values.data }),
      ...(origin === undefined && !isSandbox
        ? {}
        : { COUNTERSIGN_PARTY_ORIGIN: origin ?? SANDBOX_ORIGIN }),
    },
  };
}
