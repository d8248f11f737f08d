import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askAtDoor } from './colleagues-door.ts';

let folder: string;
let door: Server | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cs-door-'));
  door = null;
});
afterEach(() => {
  door?.closeAllConnections();
  door?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the address of a door that answers so. */
async function openDoor(answer: (response: ServerResponse) => void): Promise<string> {
  const socket = join(folder, 'door.sock');
  door = createServer((_request, response) => answer(response)).listen(socket);
  await once(door, 'listening');
  return `unix:${socket}`;
}

/** Says a little again and again, and never all of it. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
}

const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

describe('a call at the colleagues’ door', () => {
  it('brings the answer', async () => {
    const address = await openDoor((response) => response.end('{"ok":true}'));
    expect(await askAtDoor(address, { path: '/', question: {} })).toEqual({
      ok: true,
      value: { ok: true },
    });
  });

  it.each([
    ['says nothing', () => undefined],
    ['keeps talking and never ends', drip],
  ])('ends in time when the other side %s', async (_how, answer) => {
    const address = await openDoor(answer);
    expect(await askAtDoor(address, { path: '/', timeoutMs: 300 })).toEqual(refusal('door-silent'));
  });

  it('ends when there is more than an answer can be', async () => {
    const address = await openDoor((response) => response.end(' '.repeat(2 * 1024 * 1024)));
    expect(await askAtDoor(address, { path: '/' })).toEqual(refusal('door-closed'));
  });

  it('ends when the other side hangs up half way', async () => {
    const address = await openDoor((response) => {
      response.write('{"ok":');
      setImmediate(() => response.destroy());
    });
    expect(await askAtDoor(address, { path: '/' })).toEqual(refusal('door-closed'));
  });

  it('ends when nobody is there', async () => {
    expect(await askAtDoor(`unix:${join(folder, 'nobody')}`, { path: '/' })).toEqual(
      refusal('door-closed'),
    );
  });
});
