/** The order in which a start brings everything up. */
import { dirname } from 'node:path';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureBooksRole, ensureRoles } from '#lib/platform/db/roles.ts';
import { makeFolder } from './data-folder.ts';
import {
  feePayerKeyFile,
  ownerUrl,
  sandboxFolder,
  webVariables,
  workerVariables,
  type DatabaseUrls,
} from './environments.ts';
import { waitUntilHealthy } from './health.ts';
import { keysService } from './keys.ts';
import { nodeCommand } from './node-command.ts';
import { isWithoutVault } from './founding.ts';
import { isUsuallyOff, PARTIES, partyService } from './parties.ts';
import { embeddedPostgres, requireExternalDatabase } from './postgres.ts';
import { replay } from './replay.ts';
import type { Secrets } from './secrets.ts';
import {
  bitcoinService,
  booksService,
  colleaguesService,
  ethereumService,
  solanaService,
  sourcesService,
  webService,
  workerService,
} from './services.ts';
import type { Settings } from './settings.ts';
import type { Supervisor } from './supervisor.ts';
import { runTask } from './task.ts';
import { ensureBuild } from './web-build.ts';
import { readWelcome } from './welcome.ts';

export type StartContext = {
  settings: Settings;
  secrets: Secrets;
  supervisor: Supervisor;
  /** Aborted when the start is to be given up. */
  signal: AbortSignal;
};

/** One line of the progress; the answer of `work` is a note shown behind its time. */
export type Step = { title: string; work: () => Promise<string | null> };

const HEALTHY_WITHIN_MS = 60_000;

/** A value that an earlier step leaves for later ones. */
class Slot<T> {
  #value: T | undefined;

  set(value: T): void {
    this.#value = value;
  }

  get(): T {
    if (this.#value === undefined) throw new Error('A step ran before the one it depends on.');
    return this.#value;
  }
}

async function startDatabase({
  settings,
  secrets,
  supervisor,
}: StartContext): Promise<string | null> {
  if (settings.databaseUrl !== null) {
    await requireExternalDatabase(settings.databaseUrl);
    return 'the one of DATABASE_URL';
  }
  const { data, ports } = settings;
  await supervisor
    .add(embeddedPostgres({ data, port: ports.postgres, ownerPassword: secrets.databaseOwner }))
    .start();
  return null;
}

async function prepareSchema(
  { settings, secrets }: StartContext,
  urls: Slot<DatabaseUrls>,
): Promise<string | null> {
  const owner = ownerUrl(settings, secrets);
  urls.set(
    await ensureRoles(
      owner,
      { webPassword: secrets.databaseWeb, workerPassword: secrets.databaseWorker },
      { ownsServer: settings.databaseUrl === null },
    ),
  );
  const { applied } = await migrate(owner);
  return applied.length > 0 ? `${applied.length} migrations applied` : null;
}

/** The recovery party is known but stays off, unless genesis or the first key still needs it. */
async function startParties({
  settings,
  secrets,
  supervisor,
}: StartContext): Promise<string | null> {
  const isNeeded = settings.hasSample
    ? readWelcome(settings.data, new Date()) === null
    : await isWithoutVault(ownerUrl(settings, secrets));
  const wanted = PARTIES.filter((name) => isNeeded || !isUsuallyOff(name));
  const keepers = new Map(
    PARTIES.map((name) => [name, supervisor.add(partyService(settings, name))]),
  );
  await Promise.all(
    wanted.map(async (name) => {
      await keepers.get(name)?.start();
    }),
  );
  return wanted.join(', ');
}

async function makeSample(context: StartContext, urls: DatabaseUrls): Promise<string | null> {
  const { settings, secrets, supervisor, signal } = context;
  const wasMade = readWelcome(settings.data, new Date()) !== null;
  await runTask({
    title: 'The making of the sample organisation',
    command: nodeCommand('scripts/seed.ts', { env: webVariables(settings, secrets, urls) }),
    onLine: (line) => {
      supervisor.hear('sample', line);
    },
    signal,
  });
  for (const name of PARTIES) if (isUsuallyOff(name)) await supervisor.find(name)?.stop();
  return wasMade ? 'there already' : 'made new';
}

async function build(
  { supervisor, signal }: StartContext,
  folder: Slot<string | null>,
): Promise<string | null> {
  const onLine = (line: string): void => {
    supervisor.hear('build', line);
  };
  const made = await ensureBuild({ onLine, signal });
  folder.set(made.folder);
  return made.isNew ? null : 'up to date';
}

/** The part of the start that an empty sandbox has in place of sample organisation and colleagues. */
async function readyFounders(context: StartContext, urls: DatabaseUrls): Promise<null> {
  const { settings, secrets, supervisor, signal } = context;
  await runTask({
    title: 'The invitation of the founders',
    command: nodeCommand('scripts/seed.ts', {
      args: ['--empty'],
      env: webVariables(settings, secrets, urls),
    }),
    onLine: (line) => {
      supervisor.hear('founders', line);
    },
    signal,
  });
  return null;
}

/** All steps of a sandbox start, in order. */
export function sandboxSteps(context: StartContext): Step[] {
  const { settings, secrets, supervisor, signal } = context;
  const urls = new Slot<DatabaseUrls>();
  const webBuild = new Slot<string | null>();
  if (settings.isDev) webBuild.set(null);
  const start = async (spec: Parameters<Supervisor['add']>[0]): Promise<null> => {
    await supervisor.add(spec).start();
    return null;
  };
  const people: Step[] = settings.hasSample
    ? [
        { title: 'Sample organisation', work: () => makeSample(context, urls.get()) },
        {
          title: 'Sample colleagues',
          work: () => start(colleaguesService(settings, secrets, urls.get())),
        },
      ]
    : [{ title: 'Founders', work: () => readyFounders(context, urls.get()) }];
  const steps: Step[] = [
    { title: 'Database', work: () => startDatabase(context) },
    { title: 'Schema', work: () => prepareSchema(context, urls) },
    { title: 'Data-key service', work: () => start(keysService(settings, secrets)) },
    {
      title: 'Erasures',
      work: () =>
        replay({ supervisor, signal, env: workerVariables(settings, secrets, urls.get()) }),
    },
    {
      title: 'Solana sandbox',
      work: () => {
        makeFolder(sandboxFolder(settings.data), 0o700);
        return start(solanaService(settings));
      },
    },
    { title: 'Bitcoin sandbox', work: () => start(bitcoinService(settings)) },
    { title: 'Ethereum sandbox', work: () => start(ethereumService(settings)) },
    {
      title: 'Sandbox sources',
      work: async () => {
        await start(sourcesService(settings));
        const url = await ensureBooksRole(ownerUrl(settings, secrets), secrets.databaseBooks);
        return start(booksService(settings, url));
      },
    },
    { title: 'Parties', work: () => startParties(context) },
    {
      title: 'Worker',
      work: () => {
        // The worker makes the fee payer's key here at its first start.
        makeFolder(dirname(feePayerKeyFile(settings.data)), 0o700);
        return start(workerService(settings, secrets, urls.get()));
      },
    },
    ...people,
    { title: 'Web build', work: () => build(context, webBuild) },
    {
      title: 'Web server',
      work: () => start(webService(settings, secrets, urls.get(), webBuild.get())),
    },
    {
      title: 'Health',
      work: async () => {
        await waitUntilHealthy({ port: settings.ports.web, withinMs: HEALTHY_WITHIN_MS, signal });
        return null;
      },
    },
  ];
  return settings.isDev ? steps.filter((step) => step.title !== 'Web build') : steps;
}
