/**
 * `npm run party`: shows the processes of a running sandbox, and switches one on or off; and shows
 * one party's own view of an operation, on the machine of that party.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { showOperation } from '#lib/mpc/party/show-command.ts';
import { operationId, personId, slug } from '#lib/protocol/scalars.ts';
import { askSupervisor } from './supervisor/control.ts';
import { partyFolder } from './supervisor/party-user.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = `npm run party                       what runs
npm run party -- start recovery     switch a process on (recovery: for a key ceremony)
npm run party -- stop recovery      switch it off
npm run party -- restart control    end it and start it again
npm run party -- show OPERATION_ID --party control [--person p-…]
                                    what that party makes of an operation, and the person's code;
                                    COUNTERSIGN_PARTY_DATA names its data folder, else the sandbox's`;

const status = z.object({
  services: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      pid: z.number().nullable(),
      restarts: z.number(),
    }),
  ),
});

async function showStatus(data: string): Promise<void> {
  const { text } = await askSupervisor(data, { do: 'status' });
  for (const { name, state, pid, restarts } of status.parse(JSON.parse(text)).services)
    console.log(
      `${name.padEnd(12)} ${state.padEnd(9)} ${pid === null ? '' : `process ${pid}`}${restarts > 0 ? `, restarted ${restarts} times` : ''}`,
    );
}

type ShowArguments = { operation: string; party: string; person: string | null };

function readShowArguments(given: string[]): ShowArguments {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      options: { party: { type: 'string' }, person: { type: 'string' } },
      allowPositionals: true,
    });
    const [operation, ...rest] = positionals;
    if (rest.length > 0) throw new Problem(USAGE);
    return z
      .object({ operation: operationId, party: slug, person: personId.nullable() })
      .parse({ operation, party: values.party, person: values.person ?? null });
  } catch {
    // Whatever is wrong with the arguments, the right ones are what helps.
    throw new Problem(USAGE);
  }
}

async function show(given: string[]): Promise<void> {
  const { operation, party, person } = readShowArguments(given);
  const own = process.env['COUNTERSIGN_PARTY_DATA'];
  const dataFolder =
    own === undefined || own === ''
      ? partyFolder(readSettings(process.env, { isDev: false }).data, party)
      : resolve(own);
  const outcome = await showOperation({ party, dataFolder, operation, person });
  if (!outcome.ok) throw new Problem(outcome.sentence);
  console.log(outcome.text);
}

async function main(): Promise<void> {
  if (process.argv[2] === 'show') {
    await show(process.argv.slice(3));
    return;
  }
  const { data } = readSettings(process.env, { isDev: false });
  const [verb = 'status', service, ...rest] = process.argv.slice(2);
  if (verb === 'status' && service === undefined) {
    await showStatus(data);
    return;
  }
  if ((verb !== 'start' && verb !== 'stop' && verb !== 'restart') || !service || rest.length > 0)
    throw new Problem(USAGE);
  const { ok, text } = await askSupervisor(data, { do: verb, service });
  if (!ok) throw new Problem(text);
  console.log(text);
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
