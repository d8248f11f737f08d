import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { consumeChallenge, issueChallenge, newNonce } from '#lib/identity/challenges.ts';
import { testContext, valueOf } from '#lib/identity/testing/people.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { keepText, textColumns, type KeptText } from '#lib/persons/texts/keep-texts.ts';
import { toPayload } from '#lib/persons/texts/kept-payload.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { shredOwn } from '#lib/platform/data-keys/shred-own.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { endUnsignedKeys } from './end-unsigned-keys.ts';
import { sweepChallenges } from './sweep-challenges.ts';

let database: TestDatabase;
let web: Database;
let worker: Database;
let owner: Database;

const operatorId = 'p-aaaaaaaaaa';
const hour = 3_600_000;
/** When challenges of these tests are given out; the web server's clock stands there. */
const given = new Date(Date.now() - 3 * hour);

beforeAll(async () => {
  database = await createTestDatabase();
  web = database.connect('web');
  worker = database.connect('worker');
  owner = database.connect('owner');
});
beforeEach(async () => {
  for (let turn = 0; turn < 10 && (await owner.challenge.count()) > 0; turn += 1) await end();
});
afterAll(() => database.drop());

const end = () => endUnsignedKeys({ db: worker, clock: () => new Date() });
const keyOf = ({ sealed }: Pick<KeptText, 'sealed'>): string =>
  Buffer.from(sealed.subarray(1, 17)).toString('hex');
const lives = async (key: string) => (await dataKeys().missing([key])).length === 0;
const textOf = async (kept: KeptText) =>
  (await openTexts('break_note', [{ ...textColumns(kept), redacted: null }]))[0];
const ownerOf = (keyId: string) => owner.dataKeyOwner.findUnique({ where: { keyId } });
const isWaiting = async (nonce: string) => (await owner.challenge.count({ where: { nonce } })) > 0;

/** What waits with a challenge, as the web server stores it. */
async function wait(payload: object, at = given): Promise<string> {
  const nonce = newNonce();
  valueOf(
    await issueChallenge(
      web,
      { purpose: 'break-closing', nonce, challenge: 'AAAA', operatorId, payload },
      at,
    ),
  );
  return nonce;
}

async function prepare(at = given): Promise<{ kept: KeptText; key: string; nonce: string }> {
  const kept = await keepText(web, 'break_note', 'Änne Müller asked for it.');
  return { kept, key: keyOf(kept), nonce: await wait({ note: toPayload(kept) }, at) };
}

const consume = (tx: Tx, nonce: string) =>
  consumeChallenge(tx, { nonce, purpose: 'break-closing', operatorId }, given);

/** The row of what is signed; what it hangs from is left out. */
async function writeNote(tx: Tx, { sealed, commitment }: KeptText): Promise<void> {
  await tx.$executeRaw`set local session_replication_role = replica`;
  await tx.$executeRaw`insert into break_note (event_id, sealed, commitment)
    values (${BigInt(Math.floor(Math.random() * 2 ** 40))}, ${sealed}, ${commitment})`;
}

describe('the key of a text that waits for a signature', () => {
  it('ends with the challenge where nobody signs, and what a backup holds opens no more', async () => {
    const { kept, key, nonce } = await prepare();
    const open = await prepare(new Date());
    expect(await textOf(kept)).toBe('Änne Müller asked for it.');
    await sweepChallenges({ ...testContext(worker), clock: () => new Date() });
    expect(await isWaiting(nonce)).toBe(true);
    await end();
    expect(await lives(key)).toBe(false);
    expect(await textOf(kept)).toBeNull();
    expect(await isWaiting(nonce)).toBe(false);
    expect(await ownerOf(key)).toMatchObject({
      kind: 'unsigned',
      owner: `${nonce}/${kept.commitment}`,
    });
    expect([await lives(open.key), await isWaiting(open.nonce)]).toEqual([true, true]);
  });

  it('is the text’s own from the signature on, and outlives the challenge', async () => {
    const { kept, key, nonce } = await prepare();
    await inTransaction(owner, async (tx) => {
      valueOf(await consume(tx, nonce));
      await writeNote(tx, kept);
    });
    expect(await ownerOf(key)).toMatchObject({
      kind: 'text',
      owner: `break_note/${kept.commitment}`,
    });
    await end();
    await sweepChallenges({ ...testContext(worker), clock: () => new Date() });
    expect([await lives(key), await isWaiting(nonce)]).toEqual([true, false]);
    expect(await textOf(kept)).toBe('Änne Müller asked for it.');
  });

  it('ends also where the challenge was spent on what was refused', async () => {
    const { key, nonce } = await prepare();
    await inTransaction(web, async (tx) => void valueOf(await consume(tx, nonce)));
    await end();
    expect([await lives(key), await isWaiting(nonce)]).toEqual([false, false]);
  });

  it('stays where the sweep comes while it is being signed', async () => {
    const { kept, key, nonce } = await prepare();
    await inTransaction(owner, async (tx) => {
      valueOf(await consume(tx, nonce));
      await end();
      await writeNote(tx, kept);
    });
    await end();
    expect(await lives(key)).toBe(true);
    expect(await ownerOf(key)).toMatchObject({ kind: 'text' });
  });

  it('ends where the sweep was first, and whoever signs then is told that it was too late', async () => {
    const { kept, key, nonce } = await prepare();
    await worker.$executeRaw`select end_waiting_keys(${new Date()}, 10)`;
    const late = await inTransaction(web, (tx) => consume(tx, nonce));
    expect(late).toMatchObject({ refusal: { code: 'challenge-expired' } });
    // And a server that did not ask keeps nothing under it.
    await expect(inTransaction(owner, (tx) => writeNote(tx, kept))).rejects.toThrow(/key ended/);
    await end();
    expect(await lives(key)).toBe(false);
  });

  it('ends at the next look where one broke off, whichever step it had reached', async () => {
    const marked = await prepare();
    await worker.$executeRaw`select end_waiting_keys(${new Date()}, 10)`;
    expect(await lives(marked.key)).toBe(true);
    const destroyed = await prepare();
    await worker.$executeRaw`select end_waiting_keys(${new Date()}, 10)`;
    const { commitment } = destroyed.kept;
    await shredOwn(worker, [
      { key: destroyed.key, kind: 'unsigned', owner: `${destroyed.nonce}/${commitment}` },
    ]);
    await end();
    for (const { key, nonce } of [marked, destroyed])
      expect([await lives(key), await isWaiting(nonce)]).toEqual([false, false]);
  });
});

describe('a challenge', () => {
  it('is not removed before its keys have ended, by whoever', async () => {
    const { nonce } = await prepare();
    for (const role of [worker, owner])
      await expect(role.challenge.deleteMany({ where: { nonce } })).rejects.toThrow(/not ended/);
  });

  it('that names the key of another row is refused, and that key stays', async () => {
    const id = newPersonId();
    const values = { 'full-name': 'Änne Müller' };
    await inTransaction(web, (tx) =>
      writePerson(tx, { id, values }, { by: 'system', at: new Date() }),
    );
    const { keyId } = await owner.person.findUniqueOrThrow({ where: { id } });
    const mine = await keepText(web, 'break_note', 'Mine.');
    const forged = new Uint8Array(mine.sealed);
    forged.set(Buffer.from(keyId ?? '', 'hex'), 1);
    const foreign = [forged, (await prepare()).kept.sealed];
    const signed = await prepare();
    await inTransaction(owner, (tx) => writeNote(tx, signed.kept));
    for (const sealed of [...foreign, signed.kept.sealed])
      await expect(wait({ deep: [{ note: toPayload({ ...mine, sealed }) }] })).rejects.toThrow(
        /belongs to another row/,
      );
    await end();
    expect([await lives(keyId ?? ''), await lives(signed.key)]).toEqual([true, true]);
  });

  it('that takes a key before its row is there keeps the row from it, and nothing in use goes', async () => {
    const [made = ''] = await dataKeys().make(1);
    const mine = await keepText(web, 'break_note', 'Mine.');
    const squatting = new Uint8Array(mine.sealed);
    squatting.set(Buffer.from(made, 'hex'), 1);
    await wait({ note: toPayload({ ...mine, sealed: squatting }) });
    const other = await keepText(web, 'break_note', 'Another text.');
    const taken = new Uint8Array(other.sealed);
    taken.set(Buffer.from(made, 'hex'), 1);
    await expect(
      inTransaction(owner, (tx) => writeNote(tx, { ...other, sealed: taken })),
    ).rejects.toThrow(/belongs to another row/);
    await expect(owner.$executeRaw`select own_data_key(${made}, 'backup', 'b-1')`).rejects.toThrow(
      /belongs to another row/,
    );
    await end();
    expect(await lives(made)).toBe(false);
    expect(await owner.breakNote.count({ where: { commitment: other.commitment } })).toBe(0);
  });

  it('keeps no more texts than anybody signs at once, and none that was never sealed', async () => {
    const kept = [];
    for (let turn = 0; turn < 5; turn += 1)
      kept.push(toPayload(await keepText(web, 'break_note', `Text ${turn}.`)));
    await expect(wait(kept)).rejects.toThrow(/more texts/);
    await expect(wait({ sealed: 'AAAA', commitment: '' })).rejects.toThrow(/never sealed/);
  });

  it('ends for the worker alone', async () => {
    await expect(web.$executeRaw`select end_waiting_keys(now(), 1)`).rejects.toThrow(
      /permission denied/,
    );
    const { key, kept, nonce } = await prepare();
    const row = { key, kind: 'unsigned', owner: `${nonce}/${kept.commitment}` } as const;
    // What still waits is not destroyed, whoever says that it ended.
    expect((await shredOwn(worker, [row])).refused).toEqual([row]);
  });
});
