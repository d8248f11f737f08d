/** What the database itself holds against a web server or a worker that was taken. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { noteRequest } from '../requests/move-request.ts';
import {
  adviseOn,
  built,
  collected,
  openPackagesDesk,
  work,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, press } from '../testing/request-desk.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { erasePackages } from './erase-packages.ts';
import { readPreview } from './read-preview.ts';
import { viewPackageFile } from './view-package-file.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const state = async (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => sqlStateOf(error),
  );
const newest = (requestId: string) =>
  desk.owner.privacyPackage.findFirstOrThrow({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { built: true, parts: true },
  });

describe('the database', () => {
  it('lets nobody but the worker build, and neither change or take away what was built', async () => {
    const { id } = await collected(desk);
    await built(desk, id, () => 'in');
    const row = await newest(id);
    const [part] = row.parts;
    if (!part) throw new Error('there is no part');
    const { web, worker } = desk;
    const where = {
      packageId_attempt_what_part: { packageId: row.id, attempt: 1, what: part.what, part: 1 },
    };
    const more = { ...part, part: 2 };
    expect(await state(web.privacyPackagePart.create({ data: more }))).toBe('42501');
    expect(await state(worker.privacyPackagePart.create({ data: more }))).toBe('CS002');
    expect(await state(worker.privacyPackagePart.delete({ where }))).toBe('CS002');
    expect(await state(worker.privacyPackagePart.update({ where, data: { sealed: null } }))).toBe(
      'CS002',
    );
    expect(await state(web.privacyPackagePart.delete({ where }))).toBe('42501');
    expect(
      await state(
        worker.privacyPackageBuilt.update({
          where: { packageId: row.id },
          data: { digest: 'a'.repeat(64) },
        }),
      ),
    ).toBe('42501');
    // Erased only behind an entry in the trail.
    expect(
      await state(
        worker.privacyPackageBuilt.update({
          where: { packageId: row.id },
          data: { erasedAt: new Date() },
        }),
      ),
    ).toBe('CS002');
  });

  it('takes an order for the person of the request alone, behind the trail, sealed under its own key', async () => {
    const { id, number } = await collected(desk);
    const [keyId = ''] = await dataKeys().make(1);
    const order = {
      id: randomUUID(),
      requestId: id,
      version: 1,
      keyId,
      right: 'access',
      personId: desk.subject,
      choices: [],
      orderedBy: desk.people.dora.actor.personId,
      orderedAt: new Date(),
    };
    const { web } = desk;
    expect(await state(web.privacyPackage.create({ data: order }))).toBe('CS002');
    await inTransaction(web, (tx) =>
      appendAudit(tx, {
        kind: 'privacy-package-ordered',
        subject: number,
        actor: order.orderedBy,
        at: new Date(),
        facts: { package: order.id, version: 1, choices: 'a'.repeat(64) },
      }),
    );
    expect(
      await state(web.privacyPackage.create({ data: { ...order, personId: desk.other } })),
    ).toBe('CS002');
    expect(await state(web.privacyPackage.create({ data: { ...order, version: 2 } }))).toBe(
      'CS002',
    );
    const reasons = new Uint8Array(Buffer.concat([Buffer.from([1]), randomBytes(60)]));
    expect(await state(web.privacyPackage.create({ data: { ...order, reasons } }))).toBe('CS002');
    expect(await state(web.privacyPackage.create({ data: order }))).toBeNull();
    await work(desk);
  });
});

describe('a package', () => {
  it('is erased with its key thirty days after the answer, closed or not and whatever was noted since, and not before', async () => {
    const { id } = await collected(desk);
    const digest = await built(desk, id, () => 'in');
    await adviseOn(desk, id);
    const { dora, mia, ben } = desk.people;
    valueOf(await press(desk, mia, { id, seen: '5', ...granting, package: digest }));
    valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
    const sent = {
      channel: 'portal',
      sentAt: fieldOf(desk.context.clock()),
      digest,
      namesRemedies: 'no',
      proof: 'Taken from the portal.',
    };
    valueOf(await fulfilRequest(dora.actor, { id, seen: '7', ...sent }, desk.context));
    await erasePackages(desk.worker, new Date());
    expect((await newest(id)).built?.erasedAt).toBeNull();
    valueOf(await viewPackageFile(dora.actor, { id }, desk.context));
    await desk.owner.$executeRawUnsafe('alter table privacy_request_event disable trigger all');
    await desk.owner
      .$executeRaw`update privacy_request_event set at = at - interval '31 days' where request_id = ${id}::uuid`;
    await desk.owner.$executeRawUnsafe('alter table privacy_request_event enable trigger all');
    const note = 'Asked whether it arrived.';
    valueOf(await noteRequest(dora.actor, { id, seen: '8', note }, desk.context));
    await erasePackages(desk.worker, new Date());
    const row = await newest(id);
    expect(row.built?.erasedAt).not.toBeNull();
    expect(row.parts.every(({ sealed }) => sealed === null)).toBe(true);
    const file = await viewPackageFile(dora.actor, { id }, desk.context);
    expect(file.ok ? 'done' : file.refusal.code).toBe('package-erased');
  });

  it('goes when a newer one was built, and at once when its person is erased', async () => {
    const { id } = await collected(desk);
    await built(desk, id);
    await built(desk, id, null, { again: 'yes' });
    await erasePackages(desk.worker, new Date());
    const rows = await desk.owner.privacyPackage.findMany({
      where: { requestId: id },
      orderBy: { version: 'asc' },
      include: { built: true },
    });
    expect(rows.map(({ built: one }) => one?.erasedAt instanceof Date)).toEqual([true, false]);
    await erasePackages(desk.worker, new Date(), desk.subject);
    expect((await newest(id)).built?.erasedAt).not.toBeNull();
    const preview = await readPreview(desk.people.dora.actor, { id }, desk.context);
    expect(preview.ok ? 'done' : preview.refusal.code).toBe('no-package');
  });
});
