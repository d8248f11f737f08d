/** What the environment says about where the sandbox runs: folder, ports, mode. */
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasBlockedPort, isBlockedPort } from '#lib/platform/blocked-ports.ts';
import { Problem } from './problem.ts';

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every port, with the variable that moves it and what listens there. */
export const PORTS = {
  web: { variable: 'COUNTERSIGN_WEB_PORT', standard: 3000, title: 'web server' },
  postgres: { variable: 'COUNTERSIGN_POSTGRES_PORT', standard: 54329, title: 'database' },
  solana: { variable: 'COUNTERSIGN_SOLANA_PORT', standard: 3190, title: 'Solana sandbox' },
  bitcoin: { variable: 'COUNTERSIGN_BITCOIN_PORT', standard: 3191, title: 'Bitcoin sandbox' },
  ethereum: { variable: 'COUNTERSIGN_ETHEREUM_PORT', standard: 3192, title: 'Ethereum sandbox' },
  control: { variable: 'COUNTERSIGN_CONTROL_PORT', standard: 3101, title: 'page of party control' },
  custody: { variable: 'COUNTERSIGN_CUSTODY_PORT', standard: 3102, title: 'page of party custody' },
  recovery: {
    variable: 'COUNTERSIGN_RECOVERY_PORT',
    standard: 3103,
    title: 'page of party recovery',
  },
} as const;
export type PortName = keyof typeof PORTS;

export type Settings = {
  mode: 'sandbox' | 'production';
  /** Absolute path of the data folder. */
  data: string;
  ports: Record<PortName, number>;
  /** Address of the console as browsers spell it. */
  origin: string;
  rpId: string;
  /** Owner's URL of an external PostgreSQL, null for the embedded one. */
  databaseUrl: string | null;
  /** `next dev` in place of a build. */
  isDev: boolean;
  /** False for a sandbox whose organisation is founded by hand. */
  hasSample: boolean;
};

type Variables = Readonly<Record<string, string | undefined>>;

const present = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();

/** The sentence for a port on which a service would look dead to browsers and health checks. */
const blockedSentence = (variable: string, port: number | string, example: string): string =>
  `${variable} must not use port ${port}: browsers refuse to open it (it is on the Fetch standard's list of blocked ports). Choose another, such as ${example}.`;

function readPort(name: PortName, variables: Variables): number {
  const { variable, standard } = PORTS[name];
  const text = present(variables[variable]);
  if (text === null) return standard;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new Problem(`${variable} must be a port from 1 to 65535, such as ${standard}.`);
  // Nobody opens the database with a browser or `fetch`.
  if (name !== 'postgres' && isBlockedPort(port))
    throw new Problem(blockedSentence(variable, port, String(standard)));
  return port;
}

function readPorts(variables: Variables): Record<PortName, number> {
  const names = Object.keys(PORTS) as PortName[];
  const ports = Object.fromEntries(
    names.map((name) => [name, readPort(name, variables)]),
  ) as Record<PortName, number>;
  for (const [index, name] of names.entries()) {
    const twin = names.slice(0, index).find((other) => ports[other] === ports[name]);
    if (twin)
      throw new Problem(
        `${PORTS[twin].variable} and ${PORTS[name].variable} are both ${ports[name]}; give each its own port.`,
      );
  }
  return ports;
}

function readMode(variables: Variables): Settings['mode'] {
  const mode = present(variables['COUNTERSIGN_MODE']) ?? 'sandbox';
  if (mode !== 'sandbox' && mode !== 'production')
    throw new Problem('COUNTERSIGN_MODE must be "sandbox" or "production".');
  return mode;
}

function readOrigin(variables: Variables, webPort: number): URL {
  const text = present(variables['COUNTERSIGN_ORIGIN']) ?? `http://localhost:${webPort}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.origin !== text)
    throw new Problem(
      'COUNTERSIGN_ORIGIN must be an origin as browsers spell it, such as http://localhost:3000 (no path, no slash at the end).',
    );
  if (hasBlockedPort(text))
    throw new Problem(blockedSentence('COUNTERSIGN_ORIGIN', url.port, 'http://localhost:3000'));
  return url;
}

/** The name that keys are bound to. Browsers take no other than these, so a start would be in vain. */
function readRpId(variables: Variables, { protocol, hostname }: URL): string {
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (isIP(hostname) !== 0 || hostname.startsWith('['))
    throw new Problem(
      'COUNTERSIGN_ORIGIN must name its host, such as http://localhost:3000: keys are bound to a name, and an IP address is none.',
    );
  if (protocol !== 'https:' && !isLocal)
    throw new Problem(
      'COUNTERSIGN_ORIGIN must begin with https://: away from localhost browsers use keys over TLS only.',
    );
  const rpId = present(variables['COUNTERSIGN_RP_ID']) ?? hostname;
  if (rpId !== hostname && !hostname.endsWith(`.${rpId}`))
    throw new Problem(
      `COUNTERSIGN_RP_ID must be the host of COUNTERSIGN_ORIGIN (${hostname}) or a domain above it.`,
    );
  return rpId;
}

function readDatabaseUrl(variables: Variables): string | null {
  const text = present(variables['DATABASE_URL']);
  if (text === null) return null;
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Problem(
      'DATABASE_URL must look like postgresql://owner:password@host:5432/database. Leave it out to use the embedded PostgreSQL.',
    );
  return text;
}

function readSample(variables: Variables): boolean {
  const text = present(variables['COUNTERSIGN_SAMPLE']);
  if (text !== null && text !== 'none')
    throw new Problem(
      'COUNTERSIGN_SAMPLE must be "none", for a sandbox without the sample organisation, or left out.',
    );
  return text === null;
}

/**
 * Reads the settings of the supervisor.
 * @param options.isEmpty asks for a sandbox without the sample organisation, as COUNTERSIGN_SAMPLE does
 * @throws Problem naming the variable and what is expected
 */
export function readSettings(
  variables: Variables,
  options: { isDev: boolean; isEmpty?: boolean },
): Settings {
  const ports = readPorts(variables);
  const origin = readOrigin(variables, ports.web);
  return {
    mode: readMode(variables),
    data: resolve(projectRoot, present(variables['COUNTERSIGN_DATA']) ?? '.data'),
    ports,
    origin: origin.origin,
    rpId: readRpId(variables, origin),
    databaseUrl: readDatabaseUrl(variables),
    isDev: options.isDev,
    hasSample: readSample(variables) && options.isEmpty !== true,
  };
}

/** Node 24 inside node_modules, whatever runs the present script. */
export const pinnedNode = join(projectRoot, 'node_modules', 'node', 'bin', 'node');
