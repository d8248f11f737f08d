/**
 * The only reader of the environment for web server and worker. A wrong value stops the start with
 * its name and what is expected; values themselves are never printed, because some are secrets.
 */
import type { ChainNodes } from './context.ts';
import { productionFaults, type ProductionFacts } from './env-production.ts';
import {
  reasonsOf,
  sharedVariables,
  webVariables,
  workerVariables,
  type PartyAddress,
  type SourceAddress,
  type Variable,
} from './env-values.ts';

type Source = Readonly<Record<string, string | undefined>>;

export type SharedEnvironment = {
  mode: 'sandbox' | 'production';
  organisation: string;
  origin: string;
  rpId: string;
  parties: readonly PartyAddress[];
  solanaRpc: string;
  /** Nodes of other chains by family; a chain without one is not served. */
  nodes: ChainNodes;
  /** Where sources of facts answer; empty for none. */
  sources: readonly SourceAddress[];
  /** Address of the data-key service; production needs one. */
  keys: string | null;
  /** AAGUIDs of security-key models that count for approvals in production. */
  approvedModels: readonly string[];
};

export type WebEnvironment = SharedEnvironment & {
  databaseUrl: string;
  sessionSecret: string;
  authUrl: string;
  /** PEM file with the makers' roots that attestations of security keys lead to; production needs it. */
  attestationRootsFile: string | null;
  /** Address of the sample colleagues; null outside the sandbox. */
  colleagues: string | null;
};

export type WorkerEnvironment = SharedEnvironment & {
  databaseUrl: string;
  feePayerKeyFile: string;
  /** Hash of the first block of the Solana chain that is meant; null for the usual one. */
  solanaGenesis: string | null;
  /** File with name and password for Bitcoin Core nodes; null where a proxy does that. */
  bitcoinCookieFile: string | null;
};

/** Settings that stop the start; the message lists each on a line of its own. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads variables one by one and gathers what is wrong with them. */
class Reader {
  readonly faults: string[] = [];
  readonly #source: Source;
  readonly #isProduction: boolean;

  constructor(source: Source) {
    this.#source = source;
    this.#isProduction = source['COUNTERSIGN_MODE']?.trim() === 'production';
  }

  /** The value, or null when it is wrong (and noted as such) or optional and not set. */
  read<T>(name: string, variable: Variable<T>): T | null {
    const given = this.#source[name]?.trim();
    const text = given || (this.#isProduction ? undefined : variable.sandboxDefault);
    if (text === undefined || text === '') {
      if (!variable.isOptional)
        this.faults.push(`${name} is not set; it must be ${variable.expected}.`);
      return null;
    }
    const parsed = variable.schema.safeParse(text);
    if (parsed.success) return parsed.data;
    const reasons = [...new Set(reasonsOf(parsed.error))];
    this.faults.push([`${name} must be ${variable.expected}.`, ...reasons].join(' '));
    return null;
  }

  /** Stops here when anything read so far was wrong. */
  finish(): void {
    if (this.faults.length > 0) throw new EnvironmentError(this.faults);
  }
}

function readShared(reader: Reader): SharedEnvironment {
  const shared = sharedVariables;
  const values = {
    mode: reader.read('COUNTERSIGN_MODE', shared.COUNTERSIGN_MODE),
    organisation: reader.read('COUNTERSIGN_ORGANISATION', shared.COUNTERSIGN_ORGANISATION),
    origin: reader.read('COUNTERSIGN_ORIGIN', shared.COUNTERSIGN_ORIGIN),
    rpId: reader.read('COUNTERSIGN_RP_ID', shared.COUNTERSIGN_RP_ID),
    parties: reader.read('COUNTERSIGN_PARTIES', shared.COUNTERSIGN_PARTIES),
    solanaRpc: reader.read('COUNTERSIGN_SOLANA_RPC', shared.COUNTERSIGN_SOLANA_RPC),
    nodes: {
      bitcoin: reader.read('COUNTERSIGN_BITCOIN_NODES', shared.COUNTERSIGN_BITCOIN_NODES) ?? [],
      ethereum: reader.read('COUNTERSIGN_ETHEREUM_NODES', shared.COUNTERSIGN_ETHEREUM_NODES) ?? [],
    },
    sources: reader.read('COUNTERSIGN_SOURCES', shared.COUNTERSIGN_SOURCES) ?? [],
    keys: reader.read('COUNTERSIGN_KEYS', shared.COUNTERSIGN_KEYS),
    approvedModels:
      reader.read('COUNTERSIGN_APPROVED_MODELS', shared.COUNTERSIGN_APPROVED_MODELS) ?? [],
  };
  // A value that is null here is also a fault, on which `finish` throws before anyone sees it.
  return values as SharedEnvironment;
}

function requireProductionSafe(
  shared: SharedEnvironment,
  own: Omit<
    ProductionFacts,
    'origin' | 'rpId' | 'parties' | 'solanaRpc' | 'nodes' | 'sources' | 'keys'
  >,
): void {
  if (shared.mode !== 'production') return;
  const { origin, rpId, parties, solanaRpc, nodes, sources, keys } = shared;
  const faults = productionFaults({
    ...own,
    origin,
    rpId,
    parties,
    solanaRpc,
    nodes,
    sources,
    keys,
  });
  if (faults.length > 0) throw new EnvironmentError(faults);
}

/**
 * Reads the web server's settings from the given variables.
 * @throws EnvironmentError naming every wrong value and what is expected
 */
export function readWebEnvironment(source: Source): WebEnvironment {
  const reader = new Reader(source);
  const shared = readShared(reader);
  const databaseUrl = reader.read('DATABASE_URL_WEB', webVariables.DATABASE_URL_WEB);
  const sessionSecret = reader.read('NEXTAUTH_SECRET', webVariables.NEXTAUTH_SECRET);
  const authUrl = reader.read('NEXTAUTH_URL', webVariables.NEXTAUTH_URL);
  const attestationRootsFile = reader.read(
    'COUNTERSIGN_ATTESTATION_ROOTS',
    webVariables.COUNTERSIGN_ATTESTATION_ROOTS,
  );
  const colleagues = reader.read('COUNTERSIGN_COLLEAGUES', webVariables.COUNTERSIGN_COLLEAGUES);
  const keysToken = reader.read(
    'COUNTERSIGN_KEYS_TOKEN_WEB',
    webVariables.COUNTERSIGN_KEYS_TOKEN_WEB,
  );
  reader.finish();
  const environment = {
    ...shared,
    databaseUrl,
    sessionSecret,
    authUrl,
    attestationRootsFile,
    colleagues,
  } as WebEnvironment;
  requireProductionSafe(shared, {
    approvedModels: shared.approvedModels,
    attestationRoots: attestationRootsFile === null ? [] : [attestationRootsFile],
    database: { name: 'DATABASE_URL_WEB', url: environment.databaseUrl, isOwner: false },
    sessionSecret,
    authUrl,
    colleagues,
    keysToken: { name: 'COUNTERSIGN_KEYS_TOKEN_WEB', value: keysToken },
  });
  return environment;
}

/**
 * Reads the worker's settings from the given variables.
 * @throws EnvironmentError naming every wrong value and what is expected
 */
export function readWorkerEnvironment(source: Source): WorkerEnvironment {
  const reader = new Reader(source);
  const shared = readShared(reader);
  const databaseUrl = reader.read('DATABASE_URL_WORKER', workerVariables.DATABASE_URL_WORKER);
  const feePayerKeyFile = reader.read(
    'COUNTERSIGN_FEE_PAYER_KEY_FILE',
    workerVariables.COUNTERSIGN_FEE_PAYER_KEY_FILE,
  );
  const solanaGenesis = reader.read(
    'COUNTERSIGN_SOLANA_GENESIS',
    workerVariables.COUNTERSIGN_SOLANA_GENESIS,
  );
  const bitcoinCookieFile = reader.read(
    'COUNTERSIGN_BITCOIN_COOKIE_FILE',
    workerVariables.COUNTERSIGN_BITCOIN_COOKIE_FILE,
  );
  const keysToken = reader.read(
    'COUNTERSIGN_KEYS_TOKEN_WORKER',
    workerVariables.COUNTERSIGN_KEYS_TOKEN_WORKER,
  );
  reader.finish();
  const environment = {
    ...shared,
    databaseUrl,
    feePayerKeyFile,
    solanaGenesis,
    bitcoinCookieFile,
  } as WorkerEnvironment;
  requireProductionSafe(shared, {
    approvedModels: null,
    attestationRoots: null,
    database: { name: 'DATABASE_URL_WORKER', url: environment.databaseUrl, isOwner: false },
    sessionSecret: null,
    authUrl: null,
    colleagues: null,
    keysToken: { name: 'COUNTERSIGN_KEYS_TOKEN_WORKER', value: keysToken },
  });
  return environment;
}

/** Where the data-key service answers this process, and the secret it shows there; null where it was given none. */
export type KeysEnvironment = { address: string; token: string };

/** Read anew each time: commands beside the console learn it only when they have found the console. */
export function keysEnvironment(): KeysEnvironment | null {
  const {
    COUNTERSIGN_KEYS: address,
    COUNTERSIGN_KEYS_TOKEN_WEB: tokenOfWeb,
    COUNTERSIGN_KEYS_TOKEN_WORKER: tokenOfWorker,
  } = process.env;
  const token = tokenOfWeb ?? tokenOfWorker;
  return address && token ? { address, token } : null;
}

let web: WebEnvironment | null = null;
let worker: WorkerEnvironment | null = null;

/** The web server's settings; read at the first call, the same ever after. */
export function webEnvironment(): WebEnvironment {
  web ??= readWebEnvironment(process.env);
  return web;
}

/** The worker's settings; read at the first call, the same ever after. */
export function workerEnvironment(): WorkerEnvironment {
  worker ??= readWorkerEnvironment(process.env);
  return worker;
}
