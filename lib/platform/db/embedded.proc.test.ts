import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts';
import { isAlive } from './orphaned-server.ts';
import { DatabaseStartError } from './start-error.ts';

let folder: string;
let port: number;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-postgres-'));
  await chmod(folder, 0o711);
  port = await freePort();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address.port;
}

async function start(
  changed: { password?: string; dataDir?: string } = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    port,
    password: 'first password',
    onLog: () => undefined,
    ...changed,
  });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'started',
    (error: unknown) => (error instanceof DatabaseStartError ? error.code : String(error)),
  );

describe('the embedded server', () => {
  it('keeps what was committed over a stop and over kill -9', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept (n int)');
    await query(first.ownerUrl, 'insert into kept values (1)');
    await first.stop();
    const second = await start();
    await query(second.ownerUrl, 'insert into kept values (2)');
    process.kill(second.pid, 'SIGKILL');
    await second.exited;
    const third = await start();
    expect(await query(third.ownerUrl, 'select n from kept order by n')).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
  });

  it('answers on loopback only, and only with the password', async () => {
    const server = await start();
    expect(await query(server.ownerUrl, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(await query(server.ownerUrl, 'show unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
    const wrong = new URL(server.ownerUrl);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    expect(await codeOf(start())).toBe('port-taken');
    other.close();
  });

  it('says that the password is not the one the folder was made with', async () => {
    await (await start()).stop();
    expect(await codeOf(start({ password: 'second password' }))).toBe('password-wrong');
    expect(await codeOf(start())).toBe('started');
  });

  it('is stopped by stopping it twice, and leaves no process', async () => {
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('leaves a folder that holds something else as it is, and says so', async () => {
    const taken = join(folder, 'data');
    await mkdir(taken);
    await writeFile(join(taken, 'a letter'), 'kept');
    const before = await stat(taken);
    expect(await codeOf(start())).toBe('folder-taken');
    expect(await readFile(join(taken, 'a letter'), 'utf8')).toBe('kept');
    expect(await stat(taken)).toMatchObject({ uid: before.uid, mode: before.mode });
  });

  it.each([
    ['has a name like the folders of a database', 'pg_backups/monday'],
    ['has the name of such a folder', 'base/monday'],
  ])('leaves a folder with one that %s and holds files as it is', async (_, kept) => {
    const file = join(folder, 'data', kept);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'kept');
    expect(await codeOf(start())).toBe('folder-taken');
    expect(await readFile(file, 'utf8')).toBe('kept');
  });

  it('makes anew what a first start left half made', async () => {
    await mkdir(join(folder, 'data', 'pg_wal'), { recursive: true });
    await mkdir(join(folder, 'data', 'base'));
    expect(await codeOf(start())).toBe('started');
  });

  it('starts in a folder that others cannot enter, or says which one bars the way', async () => {
    await chmod(folder, 0o700);
    const outcome = await codeOf(start());
    expect(['started', 'folder-unreachable']).toContain(outcome);
  });
});

describe('a server that outlived the program that started it', () => {
  const embedded = fileURLToPath(new URL('embedded.ts', import.meta.url));
  const program = (): string => `
    import { startEmbeddedPostgres } from ${JSON.stringify(embedded)};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(join(folder, 'data'))}, port: ${port},
      password: 'first password', onLog: () => undefined });
    console.log(server.pid);
    setInterval(() => undefined, 1000);`;

  it('is refused while that program runs, and taken over once it is dead', async () => {
    const starter = spawn(process.execPath, ['--input-type=module-typescript', '-e', program()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    starter.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await vi.waitFor(() => expect(output).toMatch(/\d+\n/), { timeout: 60_000 });
    const orphan = Number(output);
    expect(await codeOf(start())).toBe('already-running');
    expect(isAlive(orphan)).toBe(true);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    const server = await start();
    expect(isAlive(orphan)).toBe(false);
    expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
