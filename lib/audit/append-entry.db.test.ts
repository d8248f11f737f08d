import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { appendAudit } from './append-entry.ts';
import { auditLeaf, type AuditEntry } from './leaf.ts';
import { auditOf } from './queries.ts';

let database: TestDatabase;
let web: Database;
let owner: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  web = database.connect('web');
  owner = database.connect('owner');
});
afterAll(() => database.drop());

const entry = (subject: string, step = 1): AuditEntry => ({
  kind: 'operation-moved',
  subject,
  actor: 'worker',
  at: new Date('2026-11-24T01:02:03.004Z'),
  facts: { step },
});

describe('an audit entry', () => {
  it('stands or falls with the change it records', async () => {
    const undone = inTransaction(web, async (tx) => {
      await tx.client.create({ data: { id: 'C-1001' } });
      await appendAudit(tx, entry('undone'));
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await owner.auditEntry.count({ where: { subject: 'undone' } })).toBe(0);
    expect(await owner.client.count()).toBe(0);
  });

  it('stops the change when it cannot be written', async () => {
    const stopped = inTransaction(web, async (tx) => {
      await tx.client.create({ data: { id: 'C-1002' } });
      await appendAudit(tx, { ...entry('stopped'), facts: { note: 'a\nb' } });
    });
    await expect(stopped).rejects.toThrow('control character');
    expect(await owner.client.count()).toBe(0);
  });

  it('carries its final bytes, their hash and the transaction that wrote it', async () => {
    const xid = await inTransaction(web, async (tx) => {
      await appendAudit(tx, entry('kept'));
      const [row] = await tx.$queryRaw<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
      return row?.xid;
    });
    const row = await owner.auditEntry.findFirstOrThrow({ where: { subject: 'kept' } });
    const { bytes, hash } = auditLeaf(entry('kept'));
    expect(Buffer.from(row.leaf)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(row.leafHash)).toEqual(Buffer.from(hash));
    expect(row.xid).toBe(xid);
  });

  it('is refused by the database when its columns, leaf and hash disagree', async () => {
    const { bytes, hash } = auditLeaf(entry('forged'));
    const data = {
      kind: 'operation-moved',
      subject: 'forged',
      actor: 'worker',
      at: entry('x').at,
      leaf: bytes,
      leafHash: hash,
    };
    const attempt = (changed: object) =>
      web.auditEntry.create({ data: { ...data, ...changed }, select: { id: true } });
    for (const changed of [
      { subject: 'other' },
      { actor: 'p-aaaaaaaaaa' },
      { kind: 'signed-in' },
      { at: new Date(0) },
    ])
      await expect(attempt(changed)).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS002');
    await expect(attempt({ leafHash: new Uint8Array(32) })).rejects.toSatisfy(
      (error) => sqlStateOf(error) === '23514',
    );
    await expect(attempt({})).resolves.toBeDefined();
  });

  it('is read by subject, newest first, page by page', async () => {
    for (let step = 1; step <= 5; step += 1)
      await inTransaction(web, (tx) => appendAudit(tx, entry('paged', step)));
    const first = await auditOf(web, { subject: 'paged', limit: 3 });
    expect(first.entries.map(({ facts }) => facts['step'])).toEqual([5, 4, 3]);
    const second = await auditOf(web, { subject: 'paged', limit: 3, before: first.next ?? '' });
    expect(second.entries.map(({ facts }) => facts['step'])).toEqual([2, 1]);
    expect(second.next).toBeNull();
  });
});
