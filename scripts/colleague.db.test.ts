import type { Server } from 'node:http';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor } from '#lib/sandbox/colleagues/door.ts';
import {
  openWorkplace,
  raiseListing,
  type Workplace,
} from '#lib/sandbox/colleagues/testing/workplace.ts';
import { colleaguesSocket } from './supervisor/environments.ts';
import { newFolder, runScript } from './supervisor/testing/processes.ts';

let workplace: Workplace;
let door: Server;

beforeAll(async () => {
  workplace = await openWorkplace();
  const socket = colleaguesSocket(workplace.folder);
  mkdirSync(dirname(socket), { recursive: true });
  door = await openDoor(workplace.team, socket);
});

afterAll(async () => {
  door.close();
  await workplace.close();
});

async function colleague(words: string[], env: Record<string, string> = {}) {
  const running = runScript(['scripts/colleague.ts', ...words], {
    COUNTERSIGN_DATA: workplace.folder,
    ...env,
  });
  return { code: await running.ended, text: running.output().trim() };
}

describe('npm run colleague', () => {
  test('prints one sentence for what happened', async () => {
    const { number, id } = await raiseListing(workplace);
    expect(await colleague(['approve', number.toLowerCase()])).toEqual({
      code: 0,
      text: `Marek Kowalski (marek) approved ${number}, which now waits for one co-signer of Custody.`,
    });
    expect(await colleague(['cosign', id, '--as', 'jonas'])).toEqual({
      code: 0,
      text: `Jonas Lindqvist (jonas) co-signed ${number}; every statement is there, and the parties are asked next.`,
    });
  });

  test('prints a refusal and ends with an error', async () => {
    const { number } = await raiseListing(workplace);
    expect(await colleague(['--as', 'ada', 'approve', number])).toEqual({
      code: 1,
      text: 'ada was refused: You raised this destination listing, so you cannot approve it. One other of Control must.',
    });
    expect(await colleague(['cosign', number])).toEqual({
      code: 1,
      text: 'Co-signing comes after approval. It is still waiting for an approver.',
    });
    expect(await colleague(['approve', 'WD-2026-999999'])).toEqual({
      code: 1,
      text: 'There is no such operation.',
    });
  });

  test('lists what is open, and who the colleagues are', async () => {
    const { id, number } = await raiseListing(workplace);
    const list = await colleague(['list']);
    expect(list.code).toBe(0);
    expect(list.text).toMatch(
      new RegExp(`^${number}  ${id}  List destination .*One approver of Control$`, 'mu'),
    );
    expect((await colleague(['who'])).text).toMatch(/^marek +Marek Kowalski +officer +control$/mu);
  });

  test('says that no sandbox runs where none does', async () => {
    const elsewhere = newFolder();
    expect(await colleague(['list'], { COUNTERSIGN_DATA: elsewhere })).toEqual({
      code: 1,
      text: `No sandbox runs on ${elsewhere}. Start it with \`npm start\`, and ask again.`,
    });
  });

  test('refuses in production mode', async () => {
    const { code, text } = await colleague(['list'], {
      COUNTERSIGN_MODE: 'production',
      COUNTERSIGN_ORIGIN: 'https://console.example.com',
    });
    expect(code).toBe(1);
    expect(text).toContain('Sample colleagues exist in a sandbox only');
  });
});
