import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';
import { runningSupervisor, takeLock } from './lock.ts';
import { processStart } from './process-identity.ts';
import { loadSecrets } from './secrets.ts';
import { socketFolder } from './socket-path.ts';
import { newFolder } from './testing/processes.ts';

describe('secrets', () => {
  test('are made once, different for each sandbox, and readable by their owner only', () => {
    const data = newFolder();
    const secrets = loadSecrets(data);
    expect(loadSecrets(data)).toEqual(secrets);
    expect(new Set(Object.values(secrets)).size).toBe(9);
    expect(loadSecrets(newFolder()).session).not.toBe(secrets.session);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('of an older sandbox stay, with the one that it lacks added', () => {
    const data = newFolder();
    const { databaseBooks: _added, ...older } = loadSecrets(data);
    writeFileSync(join(data, 'secrets.json'), JSON.stringify(older));
    const now = loadSecrets(data);
    expect(now).toMatchObject(older);
    expect(loadSecrets(data)).toEqual(now);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('are marked as those of a sandbox, for production to refuse', () => {
    const { serverActions, ...marked } = loadSecrets(newFolder());
    expect(Object.values(marked).every((secret) => secret.startsWith('sandbox-'))).toBe(true);
    expect(Buffer.from(serverActions, 'base64')).toHaveLength(32);
  });

  test.each(['', '{', '{"session":"short"}'])('a damaged file (%j) is never replaced', (text) => {
    const data = newFolder();
    writeFileSync(join(data, 'secrets.json'), text);
    expect(() => loadSecrets(data)).toThrow('is damaged');
    expect(readFileSync(join(data, 'secrets.json'), 'utf8')).toBe(text);
  });
});

describe('the lock of a data folder', () => {
  test('is held by one process and given back', () => {
    const data = newFolder();
    const lock = takeLock(data);
    expect(lock.wasStale).toBe(false);
    expect(runningSupervisor(data)).toBe(process.pid);
    expect(() => takeLock(data)).toThrow(`(process ${process.pid})`);
    lock.release();
    expect(runningSupervisor(data)).toBeNull();
    takeLock(data).release();
  });

  test.each([
    ['a process that is gone', '4194303 123\n'],
    ['a process id that another program has now', `${process.ppid} 1\n`],
    ['half a line', '12'],
    ['nothing', ''],
  ])('left behind by %s is taken over', (_what, content) => {
    const data = newFolder();
    writeFileSync(join(data, 'supervisor.lock'), content);
    const lock = takeLock(data);
    expect(lock.wasStale).toBe(true);
    expect(runningSupervisor(data)).toBe(process.pid);
    lock.release();
    expect(existsSync(join(data, 'supervisor.lock'))).toBe(false);
  });

  test('a process is told from a later one with the same number', () => {
    expect(processStart(process.pid)).toBe(processStart(process.pid));
    expect(processStart(process.pid)).not.toBe(processStart(process.ppid));
    expect(processStart(4_194_303)).toBeNull();
  });
});

describe('log files', () => {
  test('never grow past their limit, and keep the part before', () => {
    const path = join(newFolder(), 'a.log');
    const log = new LogFile(path, 1_000);
    for (let line = 0; line < 100; line += 1) log.write(`line ${line} ${'x'.repeat(50)}`);
    log.close();
    const size = (existsSync(path) ? statSync(path).size : 0) + statSync(`${path}.1`).size;
    expect(size).toBeLessThan(2_200);
    expect(readFileSync(`${path}.1`, 'utf8')).toMatch(/line \d+/);
  });

  test('one that cannot be written is dropped without a word', () => {
    const log = new LogFile(join(newFolder(), 'no', 'such', 'folder.log'));
    expect(() => {
      log.write('a line');
    }).not.toThrow();
  });
});

describe('socket folders', () => {
  test('a short path is used as it is, a long one gets a short folder of its own', () => {
    expect(socketFolder('/data/run', 'control.sock')).toBe('/data/run');
    const long = `/data/${'x'.repeat(120)}`;
    const short = socketFolder(long, 'control.sock');
    expect(short).toMatch(/^\/tmp\/countersign-[0-9a-f]{16}$/);
    expect(socketFolder(long, 'control.sock')).toBe(short);
    expect(statSync(short).mode & 0o077).toBe(0);
  });
});
