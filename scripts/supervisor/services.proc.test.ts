import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GENESIS_HASH } from '#lib/sandbox/bitcoin/block.ts';
import { prepareDataFolder } from './data-folder.ts';
import { bitcoinAddress } from './environments.ts';
import { bitcoinService } from './services.ts';
import { readSettings } from './settings.ts';
import { Supervisor } from './supervisor.ts';
import { freePorts, newFolder } from './testing/processes.ts';

test('the Bitcoin sandbox is ready when the supervisor says so, calls itself a sandbox, and ends with it', async () => {
  const data = newFolder();
  prepareDataFolder(data);
  const [port = 0] = await freePorts(1);
  const variables = { COUNTERSIGN_DATA: data, COUNTERSIGN_BITCOIN_PORT: String(port) };
  const settings = readSettings(variables, { isDev: false });
  const supervisor = new Supervisor({ data, origin: settings.origin });
  try {
    await supervisor.add(bitcoinService(settings)).start();
    const response = await fetch(`${bitcoinAddress(settings)}/block-height/0`);
    expect(response.headers.get('x-countersign-sandbox')).toBe('bitcoin');
    expect(await response.text()).toBe(GENESIS_HASH);
  } finally {
    await supervisor.stop();
  }
  await expect(fetch(`${bitcoinAddress(settings)}/health`)).rejects.toThrow();
  rmSync(data, { recursive: true });
});
