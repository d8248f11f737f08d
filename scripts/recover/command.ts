/** What was typed after `npm run recover --`. Pure. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { clientId, environment, personId, slug } from '#lib/protocol/scalars.ts';
import { custodianFiles, type CustodianFiles } from '#lib/sandbox/custodians/folder.ts';
import { sandboxFolder } from '../supervisor/environments.ts';
import { Problem } from '../supervisor/problem.ts';
import { optionFault, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run recover -- --backups DIR                    rebuild a key from backups, and prove its address
    --out FILE       write the private scalar to a new file
    --sign FILE      sign the Solana message or the Bitcoin payment (PSBT) in FILE (base64)
    --owner CLIENT   whose account pays, such as C-20418; the custodian's own otherwise (Bitcoin)
npm run recover -- --backups DIR --drill            open one share, check it, forget it
    --party NAME     whose share
    --out FILE       write the record of the drill to a new file
npm run recover -- group --organisation NAME --environment ENV --id GROUP --party PARTY
                   --threshold M --custodians p-…,p-…,p-… --backups DIR
                                                    make a backup group; its record goes to DIR

--key KEY          which key, where the backups are of several
--epoch N          backups of this epoch; the newest that suffices otherwise
--address ADDRESS  stop unless the key has this address
--parts DIR        parts from (or, for a group, to) the text files of a folder in place of the screen
--yes              do not ask before signing
--online-ok        run although this machine has a network
--sandbox          with the parts of the sample organisation's custodians, which lie in files of the
                   sandbox's data folder, and although there is a network; never for production`;

const options = {
  backups: { type: 'string' },
  key: { type: 'string' },
  epoch: { type: 'string' },
  address: { type: 'string' },
  parts: { type: 'string' },
  party: { type: 'string' },
  drill: { type: 'boolean', default: false },
  out: { type: 'string' },
  sign: { type: 'string' },
  owner: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'online-ok': { type: 'boolean', default: false },
  sandbox: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  organisation: { type: 'string' },
  environment: { type: 'string' },
  id: { type: 'string' },
  threshold: { type: 'string' },
  custodians: { type: 'string' },
} as const;

const count = z
  .string()
  .regex(/^[1-9]\d{0,5}$/u)
  .transform((text) => Number.parseInt(text, 10));

const common = {
  backups: z.string().min(1),
  parts: z.string().min(1).nullable(),
  onlineOk: z.boolean(),
};

const recovery = z.object({
  ...common,
  do: z.enum(['rebuild', 'drill']),
  key: slug.nullable(),
  epoch: count.nullable(),
  address: z.string().min(1).max(128).nullable(),
  party: slug.nullable(),
  out: z.string().min(1).nullable(),
  sign: z.string().min(1).nullable(),
  owner: clientId.nullable(),
  yes: z.boolean(),
  /** A try-out of the sandbox, with the folder of its groups' records; null for everything else. */
  sandbox: z.string().min(1).nullable(),
});
export type Recovery = z.infer<typeof recovery>;

const groupCeremony = z.object({
  ...common,
  do: z.literal('group'),
  organisation: slug,
  environment,
  id: slug,
  party: slug,
  threshold: count,
  custodians: z.string().transform((text) => text.split(',').map((person) => person.trim())),
});
export type GroupCeremony = z.infer<typeof groupCeremony>;

export type Command = { do: 'help' } | Recovery | GroupCeremony;

const nameOfOption = (path: PropertyKey | undefined): string =>
  path === 'onlineOk' ? '--online-ok' : `--${String(path ?? 'backups')}`;

/** @throws Problem that names the option that is missing or wrong. */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const name = nameOfOption(reading.error.issues[0]?.path[0]);
  throw new Problem(`${name} is missing or not of the form it should have.\n\n${USAGE}`);
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
}

/** @throws Problem where there is production, whose custodians keep their parts themselves. */
function sampleFiles(environment: NodeJS.ProcessEnv): CustodianFiles {
  if ((environment['COUNTERSIGN_MODE'] ?? 'sandbox') !== 'sandbox')
    throw new Problem(
      '--sandbox takes the parts of the sample organisation, never those of production. Leave it out, and have each custodian type their part.',
    );
  return custodianFiles(sandboxFolder(environment['COUNTERSIGN_DATA'] ?? '.data'));
}

/**
 * Reads the words of the command line.
 * @param environment of the process; it names the data folder of the sandbox.
 * @throws Problem with a sentence about the word that is wrong
 */
export function readCommand(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {} as NodeJS.ProcessEnv,
): Command {
  const { values, positionals } = readWords(words);
  if (values.help || words.length === 0) return { do: 'help' };
  const [verb, ...more] = positionals;
  const unknown = verb === undefined || verb === 'group' ? more[0] : verb;
  if (unknown !== undefined) throw unknownWord(unknown, USAGE);
  const shared = { parts: values.parts ?? null, onlineOk: values['online-ok'] };
  if (verb === 'group') {
    if (values.sandbox)
      throw new Problem('The sample organisation has its groups already. Leave out --sandbox.');
    const command = parsed(groupCeremony, { ...values, ...shared, do: 'group' });
    const stranger = command.custodians.find((person) => !personId.safeParse(person).success);
    if (stranger !== undefined)
      throw new Problem(`“${stranger}” is no person: ids look like p-ab2cdefg3h.`);
    return command;
  }
  const sample = values.sandbox ? sampleFiles(environment) : null;
  const command = parsed(recovery, {
    ...values,
    ...(sample
      ? { parts: values.parts ?? sample.parts, onlineOk: true, sandbox: sample.folder }
      : { ...shared, sandbox: null }),
    do: values.drill ? 'drill' : 'rebuild',
    key: values.key ?? null,
    epoch: values.epoch ?? null,
    address: values.address ?? null,
    party: values.party ?? null,
    out: values.out ?? null,
    sign: values.sign ?? null,
    owner: values.owner ?? null,
  });
  if (command.do === 'drill' && command.sign !== null)
    throw new Problem('A drill rebuilds no key, so it can sign nothing. Leave out --sign.');
  return command;
}
