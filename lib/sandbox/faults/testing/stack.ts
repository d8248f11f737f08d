/**
 * The whole console but its pages, as real processes kept running by the supervisor's own keepers:
 * PostgreSQL, sandbox chain, parties, worker and desk, with the sample organisation in it. Worker
 * and desk reach everything else through relays, where a test can hold a message.
 */
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureBooksRole, ensureRoles } from '#lib/platform/db/roles.ts';
import { makeFolder, prepareDataFolder } from '#scripts/supervisor/data-folder.ts';
import {
  feePayerKeyFile,
  keyRingFile,
  ownerUrl,
  sandboxFolder,
  webVariables,
  workerVariables,
  type DatabaseUrls,
} from '#scripts/supervisor/environments.ts';
import { Keeper } from '#scripts/supervisor/keeper.ts';
import { keysService } from '#scripts/supervisor/keys.ts';
import { LogFile } from '#scripts/supervisor/log-file.ts';
import { nodeCommand } from '#scripts/supervisor/node-command.ts';
import { isListening, PARTIES, partyService } from '#scripts/supervisor/parties.ts';
import { embeddedPostgres } from '#scripts/supervisor/postgres.ts';
import { loadSecrets, type Secrets } from '#scripts/supervisor/secrets.ts';
import type { ServiceSpec } from '#scripts/supervisor/service.ts';
import {
  booksService,
  runWorker,
  solanaService,
  sourcesService,
} from '#scripts/supervisor/services.ts';
import { PORTS, readSettings, type Settings } from '#scripts/supervisor/settings.ts';
import { runTask } from '#scripts/supervisor/task.ts';
import { freePorts, newFolder, until } from '#scripts/supervisor/testing/processes.ts';
import { Gates } from './gates.ts';
import { killHard } from './kill.ts';
import { startRelays, type RelayedPlaces } from './relays.ts';

/** Short slots: finality takes 32 of them. */
const SLOT_MS = 15;

const UP_WITHIN_MS = 40_000;

/** What can be killed; the desk stands for the web server. */
export type Victim = 'worker' | 'control' | 'custody' | 'web' | 'postgres';

export type Stack = {
  settings: Settings;
  gates: Gates;
  /** Owner, past the relays. */
  ownerUrl: string;
  webUrl: string;
  solanaRpc: string;
  deskSocket: string;
  keyRing: string;
  /** Answers that parties gave to requests for a share of a signature, newest last. */
  shareAnswers: boolean[];
  keeper: (name: string) => Keeper;
  kill: (victim: Victim) => Promise<void>;
  /** Waits until every service is up, as after a kill. @throws when one does not come back. */
  allUp: () => Promise<void>;
  stop: () => Promise<void>;
};

async function newSettings(data: string): Promise<Settings> {
  const names = Object.values(PORTS);
  const ports = await freePorts(names.length);
  const variables = names.map(({ variable }, place) => [variable, String(ports[place])] as const);
  return readSettings(
    { COUNTERSIGN_DATA: data, ...Object.fromEntries(variables) },
    { isDev: false },
  );
}

function withVariables(spec: ServiceSpec, variables: Record<string, string>): ServiceSpec {
  return {
    ...spec,
    command: async () => {
      const command = await spec.command();
      return { ...command, env: { ...command.env, ...variables } };
    },
  };
}

const deskService = (files: { keyRing: string; socket: string }, env: Record<string, string>) => ({
  name: 'web',
  title: 'Desk',
  command: () =>
    nodeCommand('lib/sandbox/faults/testing/desk.ts', { args: [files.keyRing, files.socket], env }),
  isReady: () => isListening(files.socket),
  readyWithinMs: 30_000,
  stopWithinMs: 3_000,
  stopSignal: 'SIGTERM' as const,
});

/** Processes that are killed and started again need not compile the same code each time. */
const { NODE_COMPILE_CACHE } = process.env;
const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

/** Keeps services by name and writes down what each says. */
class Services {
  readonly #keepers = new Map<string, Keeper>();
  readonly #logs = new Map<string, LogFile>();
  readonly #folder: string;
  #isGivenUp = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly hear = (name: string, line: string): void => {
    const log = this.#logs.get(name) ?? new LogFile(join(this.#folder, `${name}.log`));
    this.#logs.set(name, log);
    log.write(`${new Date().toISOString()} ${line}`);
  };

  async start(spec: ServiceSpec): Promise<void> {
    const keeper = new Keeper(withVariables(spec, compiled), {
      onLine: this.hear,
      onNotice: this.hear,
      onChange: () => undefined,
    });
    this.#keepers.set(spec.name, keeper);
    await keeper.start();
  }

  readonly find = (name: string): Keeper => {
    const keeper = this.#keepers.get(name);
    if (!keeper) throw new Error(`There is no service ${name}.`);
    return keeper;
  };

  #notUp(): string[] {
    return [...this.#keepers.values()]
      .map((keeper) => keeper.status())
      .filter(({ state }) => state !== 'up' && state !== 'off')
      .map(({ name }) => name);
  }

  readonly allUp = async (): Promise<void> => {
    // Once is enough: every later wait would only take as long again.
    if (this.#isGivenUp) throw new Error('A service did not come back in an earlier test.');
    await until('all is up', () => this.#notUp().length === 0, UP_WITHIN_MS).catch(() => {
      this.#isGivenUp = true;
      throw new Error(`Not up again: ${this.#notUp().join(', ')}.`);
    });
  };

  async stop(): Promise<void> {
    for (const keeper of [...this.#keepers.values()].toReversed()) await keeper.stop();
    for (const log of this.#logs.values()) log.close();
  }
}

async function startGround(services: Services, settings: Settings, secrets: Secrets) {
  const { data, ports } = settings;
  const postgres = { data, port: ports.postgres, ownerPassword: secrets.databaseOwner };
  await services.start(embeddedPostgres(postgres));
  const owner = ownerUrl(settings, secrets);
  const urls = await ensureRoles(owner, {
    webPassword: secrets.databaseWeb,
    workerPassword: secrets.databaseWorker,
  });
  await migrate(owner);
  await services.start(keysService(settings, secrets));
  makeFolder(sandboxFolder(data), 0o700);
  makeFolder(dirname(feePayerKeyFile(data)), 0o700);
  const slots = { COUNTERSIGN_SOLANA_SLOT_MS: String(SLOT_MS) };
  await services.start(withVariables(solanaService(settings), slots));
  await services.start(sourcesService(settings));
  const booksUrl = await ensureBooksRole(owner, secrets.databaseBooks);
  await services.start(booksService(settings, booksUrl));
  await Promise.all(PARTIES.map((name) => services.start(partyService(settings, name))));
  return { owner, urls };
}

/** Without the nodes of other chains, so that sample and worker leave those out: what is killed here is Solana's. */
const onSolana = (variables: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).filter(([name]) => !/_(?:BITCOIN|ETHEREUM)_NODES$/.test(name)),
  );

/** The same database over the relay. */
function relayed(url: string, port: number): string {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}

async function startUsers(
  services: Services,
  of: { settings: Settings; secrets: Secrets; urls: DatabaseUrls; places: RelayedPlaces },
): Promise<{ deskSocket: string; keyRing: string }> {
  const { settings, secrets, places } = of;
  const urls = {
    webUrl: relayed(of.urls.webUrl, places.postgresPort),
    workerUrl: relayed(of.urls.workerUrl, places.postgresPort),
  };
  await services.start(
    runWorker({
      ...onSolana(workerVariables(settings, secrets, urls)),
      COUNTERSIGN_PARTIES: places.parties,
      COUNTERSIGN_SOLANA_RPC: places.solanaRpc,
    }),
  );
  await runTask({
    title: 'The making of the sample organisation',
    command: nodeCommand('scripts/seed.ts', {
      args: ['--operations'],
      env: onSolana(webVariables(settings, secrets, of.urls)),
    }),
    onLine: (line) => services.hear('sample', line),
  });
  await services.find('recovery').stop();
  const keyRing = keyRingFile(settings.data);
  const deskSocket = join(sandboxFolder(settings.data), 'desk.sock');
  const files = { keyRing, socket: deskSocket };
  await services.start(deskService(files, onSolana(webVariables(settings, secrets, urls))));
  return { deskSocket, keyRing };
}

/** PostgreSQL is the server itself, not the program of ours that started it. */
function pidOf(victim: Victim, services: Services, data: string): number {
  if (victim !== 'postgres') return services.find(victim).status().pid ?? 0;
  return Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Brings everything up with the sample organisation in it; stop it in `afterAll`. */
export async function startStack(): Promise<Stack> {
  const data = newFolder();
  prepareDataFolder(data);
  const settings = await newSettings(data);
  const secrets = loadSecrets(data);
  const services = new Services(join(data, 'logs'));
  const gates = new Gates();
  const shareAnswers: boolean[] = [];
  const closing: (() => void)[] = [];
  const stop = async (): Promise<void> => {
    await services.stop();
    for (const close of closing) close();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const { owner, urls } = await startGround(services, settings, secrets);
    const relays = await startRelays(settings, gates, shareAnswers);
    closing.push(relays.close);
    const users = await startUsers(services, { settings, secrets, urls, places: relays.places });
    return {
      ...users,
      settings,
      gates,
      shareAnswers,
      ownerUrl: owner,
      webUrl: urls.webUrl,
      solanaRpc: `http://127.0.0.1:${settings.ports.solana}`,
      keeper: services.find,
      kill: (victim) => killHard(pidOf(victim, services, data)),
      allUp: services.allUp,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
