import { describe, expect, test } from 'vitest';
import { readConfig as readBitcoinConfig } from '#lib/sandbox/bitcoin/config.ts';
import { readConfig } from '#lib/sandbox/solana/config.ts';
import { commitmentLag } from '#lib/sandbox/solana/chain.ts';
import { BLOCKS_UNTIL_FINAL } from '#lib/sandbox/ethereum/anvil.ts';
import { readConfig as readEthereumConfig } from '#lib/sandbox/ethereum/config.ts';
import { bitcoinService, ethereumService, solanaService } from './services.ts';
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

  test('of Bitcoin is six blocks on in about half a minute, in the folder of the sandbox', async () => {
    const settings = readSettings({}, { isDev: false });
    const { env } = await bitcoinService(settings).command();
    const config = readBitcoinConfig([], env as unknown as NodeJS.ProcessEnv);
    expect(config.port).toBe(settings.ports.bitcoin);
    expect(config.folder.startsWith(settings.data)).toBe(true);
    expect(config.blockMs * 6).toBeGreaterThan(20_000);
    expect(config.blockMs * 6).toBeLessThan(40_000);
  });
});

describe('the Ethereum sandbox as the supervisor starts it', () => {
  test('makes a transaction final in about four seconds', async () => {
    const { env } = await ethereumService(readSettings({}, { isDev: false })).command();
    const { blockMs } = readEthereumConfig([], env as unknown as NodeJS.ProcessEnv);
    expect(blockMs * BLOCKS_UNTIL_FINAL).toBeGreaterThan(3_000);
    expect(blockMs * BLOCKS_UNTIL_FINAL).toBeLessThan(5_000);
  });

  test('is never started by a production installation', async () => {
    const settings = readSettings({ COUNTERSIGN_MODE: 'production' }, { isDev: false });
    const { env } = await ethereumService(settings).command();
    expect(() => readEthereumConfig([], env as unknown as NodeJS.ProcessEnv)).toThrow(
      'does not start with COUNTERSIGN_MODE=production',
    );
  });
});
