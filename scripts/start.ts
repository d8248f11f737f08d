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
import { asksForHelp, unknownWord } from './supervisor/usage.ts';
import { readWelcome } from './supervisor/welcome.ts';

const USAGE = `npm start               the sandbox
npm start -- --empty    without the sample organisation
npm start -- --dev      with pages that follow your edits (npm run dev)`;

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
  const words = process.argv.slice(2);
  if (asksForHelp(words)) {
    console.log(USAGE);
    process.exit(0);
  }
  if (process.platform === 'win32')
    throw new Problem('Countersign runs on Linux and macOS. On Windows, run it inside WSL 2.');
  const known = ['--dev', '--empty'];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) throw unknownWord(unknown, USAGE);
  const settings = readSettings(process.env, {
    isDev: words.includes('--dev'),
    isEmpty: words.includes('--empty'),
  });
  await runSupervised(
    settings.mode === 'production' ? productionRun(settings) : sandboxRun(settings),
  );
  process.exit(0);
} catch (error) {
  console.error(`\n${describe(error)}`);
  process.exit(1);
}
