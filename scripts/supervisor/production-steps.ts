/** A start in production: schema, worker and web server; parties and chain run elsewhere. */
import { sharedVariables, webVariables, workerVariables } from '#lib/platform/env-values.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureRoles } from '#lib/platform/db/roles.ts';
import { requireSealedDatabase } from './at-rest.ts';
import { waitUntilHealthy } from './health.ts';
import { requireExternalDatabase } from './postgres.ts';
import { replay } from './replay.ts';
import { runWeb, runWorker } from './services.ts';
import type { Settings } from './settings.ts';
import type { Step } from './steps.ts';
import type { Supervisor } from './supervisor.ts';
import { ensureBuild } from './web-build.ts';

const HEALTHY_WITHIN_MS = 120_000;

/** The named variables, as they were given; nothing else reaches the child. */
function pick(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = variables[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const passwordOf = (url: string | undefined): string =>
  decodeURIComponent(new URL(url ?? '').password);

export function productionSteps(context: {
  settings: Settings;
  supervisor: Supervisor;
  signal: AbortSignal;
  variables: Readonly<Record<string, string | undefined>>;
}): Step[] {
  const { settings, supervisor, signal, variables } = context;
  const owner = settings.databaseUrl ?? '';
  const shared = Object.keys(sharedVariables);
  const key = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY';
  let webBuild: string | null = null;
  return [
    {
      title: 'Database',
      work: async () => {
        await requireExternalDatabase(owner);
        return requireSealedDatabase(variables['COUNTERSIGN_AT_REST'], owner);
      },
    },
    {
      title: 'Schema',
      work: async () => {
        await ensureRoles(owner, {
          webPassword: passwordOf(variables['DATABASE_URL_WEB']),
          workerPassword: passwordOf(variables['DATABASE_URL_WORKER']),
        });
        return `${(await migrate(owner)).applied.length} migrations applied`;
      },
    },
    {
      title: 'Erasures',
      work: () =>
        replay({
          supervisor,
          signal,
          env: pick(variables, [...shared, ...Object.keys(workerVariables)]),
        }),
    },
    {
      title: 'Web build',
      work: async () => {
        const onLine = (line: string): void => {
          supervisor.hear('build', line);
        };
        const made = await ensureBuild({ onLine, signal });
        webBuild = made.folder;
        return made.isNew ? null : 'up to date';
      },
    },
    {
      title: 'Worker',
      work: async () => {
        const env = pick(variables, [...shared, ...Object.keys(workerVariables)]);
        await supervisor.add(runWorker(env)).start();
        return null;
      },
    },
    {
      title: 'Web server',
      work: async () => {
        const env = pick(variables, [...shared, ...Object.keys(webVariables), key]);
        await supervisor.add(runWeb({ port: settings.ports.web, build: webBuild, env })).start();
        return null;
      },
    },
    {
      title: 'Health',
      work: async () => {
        await waitUntilHealthy({ port: settings.ports.web, withinMs: HEALTHY_WITHIN_MS, signal });
        return null;
      },
    },
  ];
}
