import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const helper = new URL('party-process.ts', import.meta.url).href;
const program = `
  import { prepareParty } from ${JSON.stringify(helper)};
  const party = await prepareParty({ name: 'control' });
  await party.start();
  console.log(JSON.stringify({ origin: party.origin, data: party.data }));
  setInterval(() => undefined, 1_000);`;

const isUp = (origin: string): Promise<boolean> =>
  fetch(origin).then(
    () => true,
    () => false,
  );

test('a party ends when the test that started it is killed', async () => {
  const starter = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const { origin, data } = JSON.parse(line.toString('utf8')) as { origin: string; data: string };
  try {
    expect(await isUp(origin)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitFor(async () => expect(await isUp(origin)).toBe(false), {
      timeout: 20_000,
      interval: 50,
    });
  } finally {
    starter.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
});
