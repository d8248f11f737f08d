import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { reportIncident } from '#lib/incidents/desk/report-incident.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { saveRecord } from '../records/save-record.ts';
import { functionSample, riskSample, testSample } from '../testing/samples.ts';
import { listPacks } from './list-packs.ts';
import { makePack, packsPerQuarterMax } from './make-pack.ts';
import { packDigest } from './pack.ts';
import { preparePackSignature } from './prepare-signature.ts';
import { quarterBefore } from './quarter.ts';
import { submitPackSignature } from './submit-signature.ts';
import { openBoardDesk, signPack, type BoardDesk } from './testing/board-desk.ts';
import { viewPack, viewPackFile } from './view-pack.ts';

let desk: BoardDesk;
let quarter: string;

beforeAll(async () => {
  desk = await openBoardDesk();
  const { context, people } = desk;
  quarter = quarterBefore(context.clock(), 0);
  const save = async (kind: string, facts: object, texts: object = {}) =>
    valueOf(await saveRecord(people.mara.actor, { kind, id: null, seen: 0, facts, texts }, context))
      .id;
  const served = await save('function', functionSample, { reason: 'Keys are custody.' });
  await save(
    'risk',
    { ...riskSample(people.mara.actor.personId), residual: { likelihood: 4, impact: 4 } },
    { title: 'Confidential name of somebody', description: 'A node may fail.' },
  );
  await save(
    'test',
    { ...testSample(served), plannedOn: '2020-01-01' },
    { title: 'Pentest of the console', tester: 'Somebody outside' },
  );
  valueOf(
    await reportIncident(
      people.ben.actor,
      {
        sort: 'incident',
        detectedAt: context.clock().toISOString().slice(0, 16),
        title: 'The node is down',
        description: 'It has not answered since ten.',
      },
      context,
    ),
  );
});
afterAll(() => desk.close());

const make = async (of = quarter, by: keyof BoardDesk['people'] = 'mara') =>
  makePack(desk.people[by].actor, { quarter: of }, desk.context);
const view = async (id: string) =>
  valueOf(await viewPack(desk.people.ida.actor, { id }, desk.context));

describe('a pack', () => {
  it('is drawn from what stands in the database, and kept as it was', async () => {
    const { id, number } = valueOf(await make());
    expect(number).toMatch(/^BP-\d{4}-\d{6}$/);
    const { pack, digest, isWhole, standing } = await view(id);
    expect(pack.incidents).toMatchObject({ noticed: 1, major: 0, openNow: 1 });
    expect(pack.risks).toMatchObject({ open: 1, overAppetite: 1, top: [{ score: 16 }] });
    expect(pack.tests).toMatchObject({ overdue: 1, overdueList: [{ dueOn: '2020-01-01' }] });
    expect(pack.functions).toMatchObject({ critical: 1, lacking: 1 });
    expect(pack.functions.lackingList[0]?.lacks).toEqual(['plan', 'test']);
    expect(pack.register).toHaveLength(15);
    expect([digest, isWhole, standing]).toEqual([packDigest(pack), true, 'waiting']);
  });

  it('holds no free text that somebody wrote and that may have to be erased', async () => {
    const { id } = valueOf(await make());
    const row = await desk.owner.boardPack.findUniqueOrThrow({ where: { id } });
    expect(row.text).not.toContain('Confidential name');
    expect(row.text).not.toContain('Pentest of the console');
    expect(row.text).not.toContain('The node is down');
  });

  it('is made by those who write records, for the quarter that runs and four before', async () => {
    expect(await make(quarter, 'ida')).toMatchObject({ refusal: { code: 'not-allowed' } });
    const now = desk.context.clock();
    expect((await make(quarterBefore(now, 4))).ok).toBe(true);
    for (const other of [quarterBefore(now, 5), quarterBefore(now, -1), '2026-Q5', '', 7])
      expect(await make(other as string)).toMatchObject({
        refusal: { code: expect.stringMatching(/^(?:quarter|form)-invalid$/) as string },
      });
  });

  it('is made a bounded number of times for one quarter', async () => {
    const old = quarterBefore(desk.context.clock(), 3);
    for (let made = 0; made < packsPerQuarterMax; made += 1)
      expect((await make(old)).ok).toBe(true);
    expect(await make(old)).toMatchObject({ refusal: { code: 'too-many-packs' } });
  });

  it('can be seen before it is made, with the same figures', async () => {
    const { preview, packs, can } = valueOf(
      await listPacks(desk.people.ida.actor, { after: null, quarter: null }, desk.context),
    );
    const { id } = valueOf(await make());
    const { pack } = await view(id);
    expect({ ...preview, asOf: '' }).toEqual({ ...pack, asOf: '' });
    expect(packs.length).toBeGreaterThan(0);
    expect(can).toEqual({ make: false });
  });
});

it('for a quarter that cannot be shown the one that runs is shown, and it is said', async () => {
  const { context, people } = desk;
  const asked = { after: null, quarter: '2026-Q9' };
  const view = valueOf(await listPacks(people.ida.actor, asked, context));
  expect(view.refusedQuarter).toContain('“2026-Q9” is no quarter that can be shown');
  expect(view.preview?.quarter).toBe(view.quarters[0]?.value);
});

it('a preview follows what changes: a record of resilience at once', async () => {
  const { context, people } = desk;
  const open = async (): Promise<number | undefined> => {
    const view = await listPacks(people.ida.actor, { after: null, quarter: null }, context);
    return valueOf(view).preview?.risks.open;
  };
  const before = (await open()) ?? 0;
  expect(await open()).toBe(before);
  const risk = {
    kind: 'risk',
    id: null,
    seen: 0,
    facts: riskSample(people.mara.actor.personId),
    texts: { title: 'A second risk', description: 'Another node may fail.' },
  };
  valueOf(await saveRecord(people.mara.actor, risk, context));
  expect(await open()).toBe(before + 1);
});

describe('signatures', () => {
  it('of whoever made the pack approve nothing; that of another does', async () => {
    const { id } = valueOf(await make());
    valueOf(await signPack(desk, desk.people.mara, { id, decision: 'approved' }));
    expect((await view(id)).standing).toBe('signed');
    valueOf(await signPack(desk, desk.people.nils, { id, decision: 'approved' }));
    const { standing, signatures, approvedAt } = await view(id);
    expect(standing).toBe('approved');
    expect(approvedAt).toBe(signatures[1]?.signedAt);
    expect(signatures.map(({ name, isMaker }) => [name, isMaker])).toEqual([
      ['Mara Lind', true],
      ['Nils Berg', false],
    ]);
  });

  it('that only take note approve nothing', async () => {
    const { id } = valueOf(await make());
    valueOf(await signPack(desk, desk.people.nils, { id, decision: 'noted' }));
    expect((await view(id)).standing).toBe('signed');
  });

  it('stay, one for each member, and are for members of the board only', async () => {
    const { id } = valueOf(await make());
    valueOf(await signPack(desk, desk.people.nils, { id, decision: 'noted' }));
    expect(await signPack(desk, desk.people.nils, { id, decision: 'approved' })).toMatchObject({
      refusal: { code: 'pack-signed' },
    });
    expect(await signPack(desk, desk.people.ben, { id, decision: 'approved' })).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    expect(
      await signPack(desk, desk.people.mara, {
        id: '11111111-1111-4111-8111-111111111111',
        decision: 'approved',
      }),
    ).toMatchObject({ refusal: { code: 'pack-unknown' } });
  });

  it('with conditions keep them erasable beside their commitment', async () => {
    const { id } = valueOf(await make());
    const { nils } = desk.people;
    expect(await signPack(desk, nils, { id, decision: 'conditions' })).toMatchObject({
      refusal: { code: 'conditions-invalid' },
    });
    expect(
      await signPack(desk, nils, { id, decision: 'approved', conditions: 'Test it again.' }),
    ).toMatchObject({ refusal: { code: 'conditions-invalid' } });
    valueOf(
      await signPack(desk, nils, { id, decision: 'conditions', conditions: 'Test it again.' }),
    );
    const before = (await view(id)).signatures[0];
    expect(before?.conditions).toBe('Test it again.');
    const { context } = desk;
    const [subject, actor, at] = [id, nils.actor.personId, context.clock()];
    await inTransaction(context.db, async (tx) => {
      await tx.boardSignature.update({
        where: { packId_person: { packId: id, person: actor } },
        data: { sealed: null, erasedAt: at },
      });
      await appendAudit(tx, { kind: 'board-conditions-erased', subject, actor, at, facts: {} });
    });
    const after = (await view(id)).signatures[0];
    expect([after?.conditions, after?.commitment]).toEqual(['(erased)', before?.commitment]);
    expect((await view(id)).standing).toBe('approved');
  });

  it('of a press that comes twice count once', async () => {
    const { id } = valueOf(await make());
    const { actor, key } = desk.people.nils;
    const asked = valueOf(
      await preparePackSignature(actor, { id, decision: 'approved' }, desk.context),
    );
    const challenge = asked.options.challenge;
    const assertion = key.assert({ challenge, origin: desk.context.settings.origin });
    const send = () => submitPackSignature(actor, { nonce: asked.nonce, assertion }, desk.context);
    const answers = await Promise.all([send(), send()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await view(id)).signatures).toHaveLength(1);
  });
});

it('a pack as PDF says who signed it with which key, and is the same bytes each time', async () => {
  const { id, number } = valueOf(await make());
  valueOf(
    await signPack(desk, desk.people.nils, {
      id,
      decision: 'conditions',
      conditions: 'Close the finding by May.',
    }),
  );
  const file = async () => valueOf(await viewPackFile(desk.people.ida.actor, { id }, desk.context));
  const { name, bytes } = await file();
  expect(name).toBe(`${number}-${quarter}.pdf`);
  expect(Buffer.compare(Buffer.from((await file()).bytes), Buffer.from(bytes))).toBe(0);
  const pages = readPdf(bytes);
  const text = pages.flat().join(' ');
  for (const words of ['Nils Berg', 'Close the finding by May.', 'Test key', 'Critical functions'])
    expect(text).toContain(words);
  const { digest } = await view(id);
  for (const [place, texts] of pages.entries()) {
    expect(texts.join('\n')).toContain(digest);
    expect(texts.join('\n')).toContain(`Page ${place + 1} of ${pages.length}`);
  }
});
