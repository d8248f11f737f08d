/**
 * `npm run party`: shows the processes of a running sandbox, and switches one on or off; and shows
 * one party's own view of an operation, on the machine of that party.
 */
import { z } from 'zod';
import { showOperation } from '#lib/mpc/party/show-command.ts';
import { readShowArguments, SHOW_USAGE } from './party/show-arguments.ts';
import { showFolder } from './party/show-folder.ts';
import { askSupervisor } from './supervisor/control.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run party                       what runs
npm run party -- start recovery     switch a process on (recovery: for a key ceremony)
npm run party -- stop recovery      switch it off
npm run party -- restart control    end it and start it again
${SHOW_USAGE}`;

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

async function show(given: string[]): Promise<void> {
  const { operation, party, person } = readShowArguments(given);
  const { data } = readSettings(process.env, { isDev: false });
  const own = process.env['COUNTERSIGN_PARTY_DATA'];
  const dataFolder = showFolder({ party, own, data });
  const outcome = await showOperation({ party, dataFolder, operation, person });
  if (!outcome.ok) throw new Problem(outcome.sentence);
  console.log(outcome.text);
}

async function main(): Promise<void> {
  if (asksForHelp(process.argv.slice(2))) {
    console.log(USAGE);
    return;
  }
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
  if (verb !== 'start' && verb !== 'stop' && verb !== 'restart') throw unknownWord(verb, USAGE);
  if (service === undefined || rest.length > 0)
    throw misuse(`After “${verb}” comes the name of one process.`, USAGE);
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
