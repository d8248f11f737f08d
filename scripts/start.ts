/** `npm start`: brings the sandbox up, keeps it up, and takes it down in order. */
import { printReady } from './supervisor/console.ts';
import { foundingSteps } from './supervisor/founding.ts';
import { keepAddress } from './supervisor/sandbox-address.ts';
import { keepKind } from './supervisor/sandbox-kind.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { requireProduction } from './supervisor/production.ts';
import { productionSteps } from './supervisor/production-steps.ts';
import { runSupervised, type Run } from './supervisor/run.ts';
import { loadSecrets } from './supervisor/secrets.ts';
import { readSettings, type Settings } from './supervisor/settings.ts';
import { sandboxSteps } from './supervisor/steps.ts';
import { readWelcome } from './supervisor/welcome.ts';

function sandboxRun(settings: Settings): Run {
  const { postgres, ...rest } = settings.ports;
  return {
    settings,
    ports: settings.databaseUrl === null ? { postgres, ...rest } : rest,
    plan: (supervisor, signal) => {
      keepKind(settings);
      keepAddress(settings);
      return sandboxSteps({ settings, secrets: loadSecrets(settings.data), supervisor, signal });
    },
    onReady: (seconds) => {
      const links = readWelcome(settings.data, new Date()) ?? [];
      const steps = settings.hasSample ? {} : { steps: foundingSteps(settings, links) };
      printReady({ origin: settings.origin, seconds, data: settings.data, links, ...steps });
    },
  };
}

function productionRun(settings: Settings): Run {
  requireProduction(settings, process.env);
  return {
    settings,
    ports: { web: settings.ports.web },
    plan: (supervisor, signal) =>
      productionSteps({ settings, supervisor, signal, variables: process.env }),
    onReady: (seconds) => {
      printReady({ origin: settings.origin, seconds, data: settings.data, links: [] });
    },
  };
}

try {
  if (process.platform === 'win32')
    throw new Problem('Countersign runs on Linux and macOS. On Windows, run it inside WSL 2.');
  const known = ['--dev', '--empty'];
  const unknown = process.argv.slice(2).find((argument) => !known.includes(argument));
  if (unknown !== undefined)
    throw new Problem(`npm start knows no argument ${unknown}; it takes ${known.join(' and ')}.`);
  const settings = readSettings(process.env, {
    isDev: process.argv.includes('--dev'),
    isEmpty: process.argv.includes('--empty'),
  });
  await runSupervised(
    settings.mode === 'production' ? productionRun(settings) : sandboxRun(settings),
  );
  process.exit(0);
} catch (error) {
  console.error(`\n${describe(error)}`);
  process.exit(1);
}
