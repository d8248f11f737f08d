/** Runs `npm run cold` as a person would: lines typed, output read, files carried. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinnedNode, projectRoot } from '../../supervisor/settings.ts';

const LIMIT_MS = 60_000;
const PASSPHRASE = 'correct horse battery staple';

export type ColdProcess = {
  readonly name: string;
  readonly data: string;
  readonly origin: string;
  /** The folder that people carry to and fro. */
  readonly stick: string;
  output(): string;
  /** Types a line and waits for what the command says to it. */
  type(line: string, until: RegExp): Promise<void>;
  /** Starts it, in a folder that is new or not. */
  start(): Promise<void>;
  /** Closes it with `q`. */
  close(): Promise<void>;
  /** Puts a document on the stick. @returns its path. */
  write(text: string): string;
  /** Carries a document there, has it taken, and brings the answer back. */
  carry(text: string, take: () => Promise<void>): Promise<Uint8Array>;
  remove(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function prepareCold(
  name: string,
  group: string,
  env: Record<string, string> = {},
): Promise<ColdProcess> {
  const data = mkdtempSync(join(tmpdir(), `cs-${name}-`));
  const stick = mkdtempSync(join(tmpdir(), `cs-stick-${name}-`));
  const origin = `http://localhost:${await freePort()}`;
  let child: ChildProcess | null = null;
  let written = '';
  let carried = 0;
  let isNew = true;

  /** Called whenever the command wrote something, or ended. */
  let onNews: () => void = () => undefined;

  function until(pattern: RegExp, from: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        clearTimeout(timer);
        onNews = () => undefined;
        reject(new Error(`${name} ${why}: ${written.slice(from)}`));
      };
      const timer = setTimeout(() => fail(`did not say ${pattern.source}`), LIMIT_MS);
      onNews = () => {
        if (pattern.test(written.slice(from))) {
          clearTimeout(timer);
          onNews = () => undefined;
          resolve();
        } else if (child?.exitCode !== null) fail('ended');
      };
      onNews();
    });
  }
  async function type(line: string, pattern: RegExp): Promise<void> {
    const from = written.length;
    child?.stdin?.write(`${line}\n`);
    await until(pattern, from);
  }
  function write(text: string): string {
    carried += 1;
    const there = join(stick, `there-${carried}.txt`);
    writeFileSync(there, text);
    return there;
  }
  async function end(): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }
  return {
    name,
    data,
    origin,
    stick,
    output: () => written,
    type,
    async start() {
      const words = [name, '--group', group, '--data', data, '--origin', origin, '--online-ok'];
      const started = spawn(pinnedNode, ['scripts/cold.ts', ...words], {
        cwd: projectRoot,
        env: {
          NODE_ENV: 'test',
          PATH: process.env['PATH'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          ...env,
        },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      for (const stream of [started.stdout, started.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          written += chunk;
          onNews();
        });
      started.on('exit', () => onNews());
      child = started;
      const from = written.length;
      await until(/passphrase/iu, from);
      started.stdin.write(`${PASSPHRASE}\n`);
      if (isNew) started.stdin.write(`${PASSPHRASE}\n`);
      await until(/ is open[^]*> $/u, from);
      isNew = false;
    },
    async close() {
      const running = child;
      if (!running) return;
      const gone = once(running, 'exit');
      running.stdin?.write('q\nq\n');
      await gone;
      child = null;
    },
    write,
    async carry(text, take) {
      const there = write(text);
      const back = join(stick, `back-${carried}.txt`);
      await type(`read ${there}`, /To (?:sign|go on|take)[^]*> $/u);
      await take();
      await type(`save ${back}`, /Written to /u);
      return new Uint8Array(readFileSync(back));
    },
    async remove() {
      await end();
      for (const folder of [data, stick]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
