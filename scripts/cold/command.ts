/** What was typed after `npm run cold --`. Pure. */
import { parseArgs } from 'node:util';
import { group } from '#lib/protocol/roster.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { coldPageOrigin, sandboxColdParties } from '#lib/sandbox/cold-parties.ts';
import { Problem } from '../supervisor/problem.ts';
import { optionFault } from '../supervisor/usage.ts';

export const USAGE = `npm run cold -- NAME --group GROUP     open a cold party, such as cold-a of the group custody
    --data FOLDER      its data folder ($COUNTERSIGN_DATA/parties/NAME otherwise)
    --origin ORIGIN    address of its page on this machine (http://localhost:3119 in the sandbox)
    --online-ok        open it although this machine has a network
    --sandbox          one of the sample organisation, cold-a or cold-b, on the machine of the sandbox:
                       with its key file in place of a passphrase, and although there is a network
The other settings of a party are read as ever: docs/party-keys.md`;

export type ColdCommand =
  | { do: 'help' }
  | {
      do: 'open';
      onlineOk: boolean;
      /** A try-out on the machine of the sandbox, which guards nothing. */
      isTryOut: boolean;
      /** The environment of the party: what was typed wins. */
      environment: NodeJS.ProcessEnv;
    };

const options = {
  group: { type: 'string' },
  data: { type: 'string' },
  origin: { type: 'string' },
  'online-ok': { type: 'boolean', default: false },
  sandbox: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function read(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw optionFault(error, USAGE);
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
  if (values.sandbox) {
    if (values.group !== undefined || values.data !== undefined)
      throw new Problem(
        '--sandbox knows the group and the data folder of its party. Leave out --group and --data.',
      );
    return tryOut(name, values.origin, environment);
  }
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
    isTryOut: false,
    environment: {
      ...environment,
      COUNTERSIGN_PARTY_NAME: name,
      COUNTERSIGN_PARTY_GROUP: own,
      COUNTERSIGN_PARTY_KEK: environment['COUNTERSIGN_PARTY_KEK'] ?? 'passphrase',
      ...(values.data === undefined ? {} : { COUNTERSIGN_PARTY_DATA: values.data }),
      ...(origin === undefined && !isSandbox
        ? {}
        : { COUNTERSIGN_PARTY_ORIGIN: origin ?? coldPageOrigin }),
    },
  };
}

/** One of the sample organisation, whose folder lies beside those of the sandbox's other parties. */
function tryOut(
  name: string,
  origin: string | undefined,
  environment: NodeJS.ProcessEnv,
): ColdCommand {
  const own = sandboxColdParties.find((party) => party.name === name);
  if (!own || (environment['COUNTERSIGN_MODE'] ?? 'sandbox') !== 'sandbox')
    throw new Problem(
      `--sandbox opens a cold party of the sample organisation: ${sandboxColdParties.map((party) => party.name).join(' or ')}, never one of production.`,
    );
  return {
    do: 'open',
    onlineOk: true,
    isTryOut: true,
    environment: {
      ...environment,
      COUNTERSIGN_PARTY_NAME: name,
      COUNTERSIGN_PARTY_GROUP: own.group,
      COUNTERSIGN_PARTY_ORIGIN: origin ?? environment['COUNTERSIGN_PARTY_ORIGIN'] ?? coldPageOrigin,
    },
  };
}
