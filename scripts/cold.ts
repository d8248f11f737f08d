/** `npm run cold`: opens a cold party by hand, on a machine without a network. */
import { chmodSync, mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { closeParty } from '#lib/mpc/party/close-party.ts';
import { openDesk } from '#lib/mpc/party/cold-desk.ts';
import { openColdRoutes } from '#lib/mpc/party/cold-routes.ts';
import { readPartyConfig, type PartyConfig } from '#lib/mpc/party/config.ts';
import { explainStart } from '#lib/mpc/party/explain-start.ts';
import { loadKek } from '#lib/mpc/party/kek-source.ts';
import { createParty } from '#lib/mpc/party/open-party.ts';
import { startOriginServer } from '#lib/mpc/party/origin-server.ts';
import { note, type Party } from '#lib/mpc/party/party.ts';
import { keyEncryptionKey } from '#lib/mpc/party/seal.ts';
import { loadOrMakeSetupCode, type SetupCode } from '#lib/mpc/party/setup-code.ts';
import { sweepParty } from '#lib/mpc/party/sweep-party.ts';
import { TerminalLines } from '#lib/mpc/travel/terminal-lines.ts';
import { readColdCommand, USAGE, type ColdCommand } from './cold/command.ts';
import { runDesk } from './cold/desk-lines.ts';
import { askPassphrase } from './cold/passphrase.ts';
import { findNetworks } from './recover/offline.ts';
import { Problem } from './supervisor/problem.ts';
import { readKind } from './supervisor/sandbox-kind.ts';
import { readSettings } from './supervisor/settings.ts';

type OpenCommand = Extract<ColdCommand, { do: 'open' }>;

const SWEEP_MS = 5_000;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1']);

const write = (text: string): void => void process.stdout.write(text);

/** One reader for the whole run: what one step has not read is there for the next. */
let reader: TerminalLines | null = null;
const lines = (): TerminalLines => (reader ??= new TerminalLines(process.stdin));

function requireCold(config: PartyConfig, onlineOk: boolean): void {
  if (!LOOPBACK.has(config.origin.host))
    throw new Problem(
      'The page of a cold party listens on this machine only. Set COUNTERSIGN_PARTY_LISTEN to 127.0.0.1 and a port.',
    );
  const networks = findNetworks(networkInterfaces());
  if (networks.length === 0 || onlineOk) return;
  throw new Problem(
    `This machine has a network (${networks.join(', ')}), and a share of a cold key belongs on one without: pull the cable, switch off Wi-Fi, and run this again. For a try-out with keys that guard nothing, add --online-ok.`,
  );
}

async function openParty(config: PartyConfig): Promise<Party> {
  const { dataFolder } = config;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(dataFolder, 0o700);
  const root = await loadKek({
    source: config.kek,
    dataFolder,
    environment: process.env,
    readPassphrase: () =>
      askPassphrase({ input: process.stdin, output: process.stdout }, { dataFolder, lines }),
  });
  const party = createParty({
    config,
    kek: keyEncryptionKey(root),
    // What happens here people see on page and terminal, and it stands in the party's own record.
    log: () => undefined,
    now: () => new Date(),
  });
  note(party, { event: 'started' });
  return party;
}

function greeting(party: Party, code: SetupCode | null): string {
  const { name, group, origin } = party.config;
  const lead = `Party ${name} of the group ${group} is open. Its page: ${origin.origin}/cold`;
  if (!code) return lead;
  const place =
    code.isNew && process.stdout.isTTY
      ? `Its set-up code: ${code.reveal()}`
      : `Its set-up code is in ${code.path}`;
  return `${lead}\nIt is new and takes part in nothing until a genesis is pinned at ${origin.origin}\n${place}`;
}

/** A party made where no sandbox is would belong to nothing. */
function requireSandbox(environment: NodeJS.ProcessEnv): void {
  const { data } = readSettings(environment, { isDev: false });
  if (readKind(data) === null)
    throw new Problem(
      `There is no sandbox in ${data}, so it has no cold party. Start one with \`npm start\`, or name its folder: COUNTERSIGN_DATA=/its/folder.`,
    );
}

/** Opens the page, which may be taken by a party that is open already. */
async function openPage(...of: Parameters<typeof startOriginServer>) {
  try {
    return await startOriginServer(...of);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    const { origin, host, port } = of[0].config.origin;
    throw new Problem(
      `The page ${origin} cannot be served, because another process listens on ${host}:${port}. Close it (another cold party, perhaps), or choose another port: --origin http://localhost:3120.`,
    );
  }
}

const TRY_OUT =
  'A try-out of the sandbox: this machine has a network, and the key lies in a file. It guards nothing.';

async function open({ environment, onlineOk, isTryOut }: OpenCommand): Promise<void> {
  if (isTryOut) requireSandbox(environment);
  const config: PartyConfig = { ...readPartyConfig(environment), cold: true };
  requireCold(config, onlineOk);
  const party = await openParty(config);
  const code = party.trust ? null : loadOrMakeSetupCode(config.dataFolder);
  const desk = openDesk(party);
  const server = await openPage(party, code, openColdRoutes(desk));
  const sweeping = setInterval(() => sweepParty(party), SWEEP_MS);
  const close = (): void => {
    clearInterval(sweeping);
    server.close();
    server.closeAllConnections();
    closeParty(party);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      close();
      process.exit(0);
    });
  try {
    write(`${isTryOut ? `${TRY_OUT}\n` : ''}${greeting(party, code)}\n\n`);
    const { stdout } = process;
    const window = () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
    await runDesk({ desk, lines: lines(), write, window });
  } finally {
    close();
  }
  write('Closed. A ceremony that was under way is void now; a signature that has left is not.\n');
}

async function main(): Promise<void> {
  process.umask(0o077);
  const command = readColdCommand(process.argv.slice(2), process.env);
  if (command.do === 'help') write(`${USAGE}\n`);
  else await open(command);
}

try {
  await main();
  // The terminal would keep the process alive.
  process.stdin.destroy();
} catch (error) {
  process.stderr.write(`${error instanceof Problem ? error.message : explainStart(error)}\n`);
  process.exit(1);
}
