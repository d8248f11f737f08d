import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { startHangingRelay, type HangingRelay } from '#lib/platform/db/testing/hanging-relay.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';

const data = mkdtempSync(join(tmpdir(), 'cs-health-'));
let database: TestDatabase;
let relay: HangingRelay;
let chain: SandboxProcess;

/** Meant to be off, and off: nothing of it is unwell. */
const party = (name: string, port: number) => ({
  name,
  rpc: `unix:${join(data, name)}.sock`,
  origin: `http://localhost:${port}`,
  expected: 'offline',
});

beforeAll(async () => {
  database = await createTestDatabase();
  relay = await startHangingRelay(database.urls.web);
  chain = await startSandbox({ data });
  await database
    .connect('worker')
    .heartbeat.create({ data: { name: 'worker', at: new Date(Date.now() + 60_000), detail: {} } });
  for (const [name, value] of Object.entries({
    COUNTERSIGN_PARTIES: JSON.stringify([party('control', 3101), party('custody', 3102)]),
    COUNTERSIGN_SOLANA_RPC: chain.url,
    DATABASE_URL_WEB: relay.url,
    NEXTAUTH_SECRET: 'sandbox-0123456789012345678901234567890123',
    NEXTAUTH_URL: 'http://localhost:3000',
  }))
    vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  relay.close();
  await chain.stop('SIGKILL');
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

it('health says 503 within seconds while the database hangs, for each who asks, and 200 when it is back', async () => {
  const { GET } = await import('./route.ts');
  let slowestMs = 0;
  const ask = async () => {
    const before = performance.now();
    const answer = await GET();
    slowestMs = Math.max(slowestMs, performance.now() - before);
    return { status: answer.status, body: (await answer.json()) as object };
  };
  expect(await ask()).toMatchObject({ status: 200, body: { status: 'ok' } });
  relay.hang();
  // The answer of before is kept for a moment.
  await vi.waitFor(async () => expect((await ask()).status).toBe(503), { timeout: 20_000 });
  for (let turn = 0; turn < 2; turn += 1)
    expect(await ask()).toMatchObject({
      status: 503,
      body: { database: 'unreachable', worker: 'unreachable' },
    });
  relay.recover();
  await vi.waitFor(async () => expect((await ask()).status).toBe(200), { timeout: 40_000 });
  expect(slowestMs).toBeLessThan(5_000);
});
