/** `npm run party`: shows the processes of a running sandbox, and switches one on or off. */
import { z } from 'zod';
import { askSupervisor } from './supervisor/control.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = `npm run party                       what runs
npm run party -- start recovery     switch a process on (recovery: for a key ceremony)
npm run party -- stop recovery      switch it off
npm run party -- restart control    end it and start it again`;

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

async function main(): Promise<void> {
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
