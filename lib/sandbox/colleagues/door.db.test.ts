import type { Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor } from './door.ts';
import { askForMembers, askForOpen, askToDecide } from './knock.ts';
import { openWorkplace, raiseListing, type Workplace } from './testing/workplace.ts';

let workplace: Workplace;
let socket: string;
let door: Server;

beforeAll(async () => {
  workplace = await openWorkplace();
  socket = join(workplace.folder, 'door.sock');
  door = await openDoor(workplace.team, socket);
});

afterAll(async () => {
  door.close();
  await workplace.close();
});

const stateOf = async (id: string): Promise<string | undefined> =>
  (await workplace.owner.operation.findUnique({ where: { id } }))?.state;

const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

/** Sends bytes that the asking side would not send. */
function sendRaw(path: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, path, method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('a colleague asked through the door', () => {
  test('approves by the number and co-signs by the id, and says what comes next', async () => {
    const { id, number } = await raiseListing(workplace);
    const approved = await askToDecide(socket, { operation: number, decision: 'approve' });
    expect(approved).toEqual({
      ok: true,
      value: {
        operation: id,
        number,
        state: 'approved',
        waitsFor: 'One co-signer of Custody',
        by: { handle: 'marek', name: 'Marek Kowalski' },
      },
    });
    const cosigned = await askToDecide(socket, { operation: id, decision: 'cosign' });
    expect(cosigned).toMatchObject({ ok: true, value: { state: 'cosigned', number } });
    expect(await stateOf(id)).toBe('cosigned');
  });

  test('is the one that was named', async () => {
    const { number } = await raiseListing(workplace);
    const approved = await askToDecide(socket, {
      operation: number,
      decision: 'approve',
      handle: 'lena',
    });
    expect(approved).toMatchObject({ ok: true, value: { by: { handle: 'lena' } } });
  });

  test('rejects; only the one who raised it cancels', async () => {
    const [rejected, cancelled] = [await raiseListing(workplace), await raiseListing(workplace)];
    expect(
      await askToDecide(socket, { operation: rejected.number, decision: 'reject' }),
    ).toMatchObject({ ok: true, value: { state: 'rejected', by: { handle: 'marek' } } });
    expect(
      await askToDecide(socket, {
        operation: cancelled.number,
        decision: 'cancel',
        handle: 'marek',
      }),
    ).toEqual(refusal('only-raiser-cancels'));
    expect(
      await askToDecide(socket, { operation: cancelled.number, decision: 'cancel' }),
    ).toMatchObject({ ok: true, value: { state: 'cancelled', by: { handle: 'ada' } } });
  });

  test('refuses with the reason of the operation, and changes nothing', async () => {
    const { id, number } = await raiseListing(workplace);
    expect(await askToDecide(socket, { operation: number, decision: 'cosign' })).toEqual(
      refusal('approval-first'),
    );
    expect(
      await askToDecide(socket, { operation: number, decision: 'approve', handle: 'ada' }),
    ).toEqual(refusal('raiser-cannot-decide'));
    expect(
      await askToDecide(socket, { operation: number, decision: 'approve', handle: 'nobody' }),
    ).toEqual(refusal('no-colleague'));
    expect(await stateOf(id)).toBe('raised');
    await askToDecide(socket, { operation: number, decision: 'approve' });
    expect(await askToDecide(socket, { operation: number, decision: 'approve' })).toEqual(
      refusal('need-already-met'),
    );
    await askToDecide(socket, { operation: number, decision: 'reject' });
    expect(await askToDecide(socket, { operation: number, decision: 'cosign' })).toEqual(
      refusal('operation-closed'),
    );
  });

  test('knows no operation by a number or id that does not exist', async () => {
    for (const operation of ['WD-2026-999999', randomUUID()])
      expect(await askToDecide(socket, { operation, decision: 'approve' })).toEqual(
        refusal('operation-unknown'),
      );
  });

  test('asked twice at once, one states and the other is refused', async () => {
    const { id, number } = await raiseListing(workplace);
    const answers = await Promise.all(
      [1, 2].map(() => askToDecide(socket, { operation: number, decision: 'approve' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await workplace.owner.operationStatement.count({ where: { operationId: id } })).toBe(2);
  });

  test('works in one session, and those who have no part in it open none', async () => {
    const sessionsOf = async () =>
      (await workplace.owner.session.findMany()).map(({ operatorId }) => operatorId);
    const first = await raiseListing(workplace);
    const second = await raiseListing(workplace);
    const acted = await askToDecide(socket, { operation: first.number, decision: 'approve' });
    if (!acted.ok) throw new Error(acted.refusal.sentence);
    const before = await sessionsOf();
    const again = {
      operation: second.number,
      decision: 'approve',
      handle: acted.value.by.handle,
    } as const;
    expect((await askToDecide(socket, again)).ok).toBe(true);
    expect((await sessionsOf()).toSorted()).toEqual(before.toSorted());
  });
});

describe('the door', () => {
  test('lists what is open and nothing that is over', async () => {
    const [open, over] = [await raiseListing(workplace), await raiseListing(workplace)];
    await askToDecide(socket, { operation: over.number, decision: 'reject' });
    const listed = await askForOpen(socket);
    const numbers = listed.ok ? listed.value.map(({ number }) => number) : [];
    expect(numbers).toContain(open.number);
    expect(numbers).not.toContain(over.number);
  });

  test('names the colleagues with role and group', async () => {
    const known = await askForMembers(socket);
    expect(known.ok && known.value).toHaveLength(8);
    expect(known).toMatchObject({
      ok: true,
      value: expect.arrayContaining([
        expect.objectContaining({ handle: 'ines', name: 'Ines Moreau', group: 'custody' }),
      ]),
    });
  });

  test.each([
    ['text that is no JSON', '/', 'approve'],
    [
      'a decision nobody makes',
      '/',
      JSON.stringify({ operation: randomUUID(), decision: 'raise' }),
    ],
    ['a malformed operation', '/', JSON.stringify({ operation: 'WD-1', decision: 'approve' })],
    ['a body that is too large', '/', 'x'.repeat(100_000)],
    ['another address', '/admin', '{}'],
  ])('refuses %s with a sentence', async (_, path, body) => {
    const { status, text } = await sendRaw(path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(text)).toEqual(refusal('request-malformed'));
  });

  test('opens to its own user only', () => {
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  test('a closed door is told from one that answers', async () => {
    expect(await askForOpen(join(workplace.folder, 'nobody.sock'))).toEqual(refusal('door-closed'));
  });
});
