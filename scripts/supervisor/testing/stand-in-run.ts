/** A supervised run of stand-in services: `node stand-in-run.ts PORT:BEHAVIOUR …`, for the tests. */
import { describe } from '../problem.ts';
import { nodeCommand } from '../node-command.ts';
import { runSupervised } from '../run.ts';
import type { ServiceSpec } from '../service.ts';
import { readSettings } from '../settings.ts';

const settings = readSettings(process.env, { isDev: false });

function standIn(name: string, port: string, behaviour: string): ServiceSpec {
  return {
    name,
    title: `Stand-in ${name}`,
    command: () =>
      nodeCommand('scripts/supervisor/testing/stand-in.mjs', { args: [port, behaviour] }),
    isReady: async () => (await fetch(`http://127.0.0.1:${port}`)).ok,
    readyWithinMs: 15_000,
    stopWithinMs: 1_500,
    stopSignal: 'SIGTERM',
  };
}

try {
  await runSupervised({
    settings,
    ports: { web: settings.ports.web },
    plan: (supervisor) =>
      process.argv.slice(2).map((argument, index) => {
        const [port = '', behaviour = 'plain'] = argument.split(':');
        const name = `s${index + 1}`;
        return {
          title: `Stand-in ${name}`,
          work: async () => {
            await supervisor.add(standIn(name, port, behaviour)).start();
            return null;
          },
        };
      }),
    onReady: () => {
      console.log('ready');
    },
  });
  process.exit(0);
} catch (error) {
  console.error(describe(error));
  process.exit(1);
}
