/** Drills on record: who may write them, what holds of them, and how they are read. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { listDrills } from './list-drills.ts';
import { drillEvidence, recordDrill, type DrillRecord } from './record-drill.ts';
import { viewDrill } from './view-drill.ts';

let desk: ResilienceDesk;

beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const record = (more: Partial<DrillRecord> = {}): DrillRecord => ({
  id: randomUUID(),
  kind: 'restore',
  startedAt: new Date(Date.now() - 90_000),
  endedAt: new Date(),
  reason: null,
  rtoMs: 60_000,
  rpoMs: 4_000,
  facts: { rows: 12 },
  ...more,
});

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return (
      /C[Ss]\d{3}|23514|42501/u.exec(`${String(error)} ${JSON.stringify(error)}`)?.[0] ?? 'other'
    );
  }
};

describe('a drill on record', () => {
  it('is written by the owner of the database alone', async () => {
    expect(await codeOf(recordDrill(desk.context.db, record()))).toBe('42501');
    expect(await codeOf(recordDrill(desk.worker, record()))).toBe('42501');
    expect(await codeOf(recordDrill(desk.owner, record()))).toBe('none');
  });

  it('ended just now', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const late = record({ startedAt: yesterday, endedAt: yesterday });
    expect(await codeOf(recordDrill(desk.owner, late))).toBe('CS002');
  });

  it('has evidence that says the same as its row, under its digest, and an audit entry', async () => {
    const kept = record();
    const { outcome, evidence, digest } = drillEvidence(kept);
    const client = new pg.Client({ connectionString: desk.database.urls.owner });
    await client.connect();
    const insert = async (values: unknown[]): Promise<string> => {
      try {
        await client.query(
          `insert into drill_run (id, kind, started_at, ended_at, outcome, reason, evidence, digest)
            values ($1, $2, now(), now(), $3, $4, $5, $6)`,
          values,
        );
        return 'none';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const { id, kind } = kept;
    try {
      expect(await insert([id, kind, outcome, null, evidence, digest])).toBe('CS003');
      expect(await insert([id, kind, outcome, null, `${evidence} `, digest])).toBe('23514');
      expect(await insert([id, 'signer-loss', outcome, null, evidence, digest])).toBe('23514');
      expect(await insert([id, kind, 'failed', 'Why.', evidence, digest])).toBe('23514');
      expect(await insert([randomUUID(), kind, outcome, null, evidence, digest])).toBe('23514');
    } finally {
      await client.end();
    }
  });
});

describe('drills are read', () => {
  it('with their evidence by whoever may read resilience, and by nobody else', async () => {
    const kept = record({ reason: 'The disk is full.', rtoMs: null });
    const { digest } = await recordDrill(desk.owner, kept);
    const seen = await viewDrill(desk.auditor, { id: kept.id }, desk.context);
    if (!seen.ok) throw new Error(seen.refusal.sentence);
    expect(seen.value).toMatchObject({ outcome: 'failed', digest, isWhole: true, rpoMs: 4_000 });
    expect(JSON.parse(seen.value.evidence)).toMatchObject({ facts: { rows: 12 } });
    const nobody = { ...desk.auditor, scopes: new Set<never>() };
    expect(await viewDrill(nobody, { id: kept.id }, desk.context)).toMatchObject({ ok: false });
    expect(await listDrills(nobody, {}, desk.context)).toMatchObject({ ok: false });
    expect(await viewDrill(desk.auditor, { id: 'x' }, desk.context)).toMatchObject({
      refusal: { code: 'drill-unknown' },
    });
  });

  it('newest first, a page at a time, with what is failed and when each kind is due', async () => {
    for (let place = 0; place < 52; place += 1)
      await recordDrill(desk.owner, record({ kind: 'signer-loss' }));
    const first = await listDrills(desk.auditor, { kind: 'signer-loss' }, desk.context);
    if (!first.ok) throw new Error(first.refusal.sentence);
    expect(first.value.lines).toHaveLength(50);
    const after = first.value.next;
    const second = await listDrills(desk.auditor, { kind: 'signer-loss', after }, desk.context);
    if (!second.ok) throw new Error(second.refusal.sentence);
    expect(second.value.lines).toHaveLength(2);
    expect(second.value.next).toBeNull();
    const ids = [...first.value.lines, ...second.value.lines].map(({ id }) => id);
    expect(new Set(ids).size).toBe(52);
    expect(first.value.due.map(({ kind }) => kind)).toEqual([
      'restore',
      'signer-loss',
      'console-loss',
    ]);
    expect(first.value.faults.map(({ kind, why }) => [kind, why])).toEqual([['restore', 'failed']]);
    const failed = await listDrills(desk.auditor, { outcome: 'failed' }, desk.context);
    expect(failed).toMatchObject({ value: { lines: [{ kind: 'restore' }] } });
    const day = (days: number): string =>
      new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const before = await listDrills(desk.auditor, { until: day(-2) }, desk.context);
    expect(before).toMatchObject({ value: { lines: [], asked: { until: day(-2), from: null } } });
    const since = await listDrills(desk.auditor, { from: day(-1), until: day(1) }, desk.context);
    expect(since).toMatchObject({ value: { isFirst: true, lines: { length: 50 } } });
  });
});
