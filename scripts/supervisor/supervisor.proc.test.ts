import { connect } from 'node:net';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { askSupervisor } from './control.ts';
import {
  freePorts,
  isAlive,
  newFolder,
  runScript,
  until,
  type Running,
} from './testing/processes.ts';

const statusFile = z.object({
  phase: z.string(),
  services: z.array(z.object({ name: z.string(), state: z.string(), pid: z.number().nullable() })),
});

const running: Running[] = [];
afterEach(async () => {
  for (const run of running.splice(0)) {
    run.kill('SIGKILL');
    await run.ended;
  }
});

function start(data: string, webPort: number, services: string[]): Running {
  const run = runScript(['scripts/supervisor/testing/stand-in-run.ts', ...services], {
    COUNTERSIGN_DATA: data,
    COUNTERSIGN_WEB_PORT: String(webPort),
  });
  running.push(run);
  return run;
}

const status = (data: string): z.infer<typeof statusFile> =>
  statusFile.parse(JSON.parse(readFileSync(join(data, 'run', 'status.json'), 'utf8')));

const pidOf = (data: string, name: string): number =>
  status(data).services.find((service) => service.name === name)?.pid ?? 0;

async function answeringPid(port: number): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}`)).text());
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);

async function startTwo(
  behaviour = 'plain',
): Promise<{ run: Running; data: string; ports: number[] }> {
  const data = newFolder();
  const [web = 0, ...ports] = await freePorts(3);
  const run = start(
    data,
    web,
    ports.map((port) => `${port}:${behaviour}`),
  );
  await until(`ready, but: ${run.output()}`, () => run.output().includes('ready'));
  return { run, data, ports };
}

describe('a supervised run', () => {
  test('a killed service is back within a second, the others untouched', async () => {
    const { data, ports } = await startTwo();
    const [first = 0, second = 0] = ports;
    const before = { first: await answeringPid(first), second: await answeringPid(second) };
    process.kill(before.first, 'SIGKILL');
    const killedAt = Date.now();
    await until('the first is back', async () => (await answeringPid(first)) !== before.first);
    expect(Date.now() - killedAt).toBeLessThan(1_500);
    expect(await answeringPid(second)).toBe(before.second);
    await until(
      'it counts as up',
      () =>
        pidOf(data, 's1') !== before.first &&
        status(data).services.every((service) => service.state === 'up'),
    );
  });

  test('a service that is killed again and again still comes back soon', async () => {
    const { ports } = await startTwo();
    const [port = 0] = ports;
    for (let round = 0; round < 5; round += 1) {
      const pid = await answeringPid(port);
      process.kill(pid, 'SIGKILL');
      await until(
        `back after kill ${round}`,
        async () => (await answeringPid(port)) !== pid,
        2_500,
      );
    }
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s leaves no process behind and ends well',
    async (signal) => {
      const { run, data, ports } = await startTwo('parent');
      const pids = await Promise.all(ports.map(answeringPid));
      const all = [...pids, ...pids.flatMap(childrenOf)];
      expect(all).toHaveLength(4);
      run.kill(signal);
      expect(await run.ended).toBe(0);
      await until('all are gone', () => !all.some(isAlive));
      expect(existsSync(join(data, 'supervisor.lock'))).toBe(false);
    },
  );

  test('services stop in reverse order, and a stubborn one is killed', async () => {
    const { run, ports } = await startTwo('stubborn');
    const pids = await Promise.all(ports.map(answeringPid));
    run.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(pids.some(isAlive)).toBe(false);
    const killed = [...run.output().matchAll(/(s\d).*does not stop in time/g)].map(
      (match) => match[1],
    );
    expect(killed).toEqual(['s2', 's1']);
  });

  test('kill -9 of the supervisor leaves no process behind, grandchildren included', async () => {
    const { run, ports } = await startTwo('parent');
    const pids = await Promise.all(ports.map(answeringPid));
    const all = [...pids, ...pids.flatMap(childrenOf)];
    expect(all).toHaveLength(4);
    run.kill('SIGKILL');
    await until('all are gone', () => !all.some(isAlive), 6_000);
  });

  test('a start right after kill -9 finds its data folder again', async () => {
    const { run, data, ports } = await startTwo('stubborn');
    run.kill('SIGKILL');
    await run.ended;
    const again = start(data, ports[0] ?? 0, []);
    await until(`ready again, but: ${again.output()}`, () => again.output().includes('ready'));
  });

  test('a second start on the same data says who runs there', async () => {
    const { run, data } = await startTwo();
    const second = start(data, (await freePorts(1))[0] ?? 0, []);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running on ${data} (process ${run.pid})`);
  });

  test('a taken port is named with who has it and how to change it', async () => {
    const server = createServer();
    const [port = 0] = await freePorts(1);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const run = start(newFolder(), port, []);
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(
        `Port ${port} for the web server is taken by process ${process.pid}`,
      );
      expect(run.output()).toContain(`COUNTERSIGN_WEB_PORT=${port + 1} npm start`);
    } finally {
      server.close();
    }
  });

  test('a service that does not start stops everything and shows its last words', async () => {
    const [web = 0, first = 0, second = 0] = await freePorts(3);
    const data = newFolder();
    const run = start(data, web, [`${first}`, `${second}:broken`]);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(
      /Stand-in s2 does not start: it ended with code 3[^]*a reason to fail/,
    );
    await expect(answeringPid(first)).rejects.toThrow('fetch failed');
  });

  test('a service can be switched off and on through the socket, which only the owner reaches', async () => {
    const { data, ports } = await startTwo();
    const pid = await answeringPid(ports[1] ?? 0);
    expect(await askSupervisor(data, { do: 'stop', service: 's2' })).toEqual({
      ok: true,
      text: 'Stand-in s2 is off.',
    });
    expect(isAlive(pid)).toBe(false);
    expect((await askSupervisor(data, { do: 'start', service: 's2' })).ok).toBe(true);
    expect(await answeringPid(ports[1] ?? 0)).not.toBe(pid);
    expect((await askSupervisor(data, { do: 'stop', service: 'nobody' })).ok).toBe(false);
    expect(statSync(join(data, 'run')).mode & 0o777).toBe(0o700);
  });

  test('nonsense at the control socket gets a sentence and changes nothing', async () => {
    const { data } = await startTwo();
    const socket = connect(join(data, 'run', 'control.sock'));
    const reply = new Promise<string>((resolve) =>
      socket.setEncoding('utf8').once('data', resolve),
    );
    socket.write('{"do":"rm"}\n');
    expect(JSON.parse(await reply)).toEqual({ ok: false, text: 'The request is not understood.' });
    socket.destroy();
    expect(status(data).services.every((service) => service.state === 'up')).toBe(true);
  });

  test('a data folder that is a file, or that this user cannot write, gets a sentence', async () => {
    const folder = newFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const onFile = start(file, 1024, []);
    expect(await onFile.ended).toBe(1);
    expect(onFile.output()).toContain('a file stands in its place');
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o500);
    const onClosed = start(join(folder, 'data'), 1024, []);
    expect(await onClosed.ended).toBe(1);
    expect(onClosed.output()).toContain('cannot be used by this user');
  });
});
