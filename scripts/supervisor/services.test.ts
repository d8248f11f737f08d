import { describe, expect, test } from 'vitest';
import { readConfig } from '#lib/sandbox/solana/config.ts';
import { commitmentLag } from '#lib/sandbox/solana/chain.ts';
import { solanaService } from './services.ts';
import { readSettings } from './settings.ts';

describe('the sandbox chain as the supervisor starts it', () => {
  test('makes a transaction final in about four seconds, after as many slots as a real cluster', async () => {
    const service = solanaService(readSettings({}, { isDev: false }));
    const { env } = await service.command();
    const { slotMs } = readConfig([], env as unknown as NodeJS.ProcessEnv);
    expect(commitmentLag.finalized).toBe(32);
    expect(slotMs * commitmentLag.finalized).toBeGreaterThan(3_000);
    expect(slotMs * commitmentLag.finalized).toBeLessThan(5_000);
  });
});
