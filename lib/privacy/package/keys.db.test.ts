/** Whose key goes with a package, and for whom a package is. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { withdrawRequest } from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import { identifyPerson } from '../requests/move-request.ts';
import {
  adviseOn,
  built,
  collected,
  openPackagesDesk,
  work,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, press } from '../testing/request-desk.ts';
import { erasePackages } from './erase-packages.ts';
import { orderPackage } from './order-package.ts';
import { readPreview } from './read-preview.ts';
import { viewPackage } from './view-package.ts';
import { viewPackageFile } from './view-package-file.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const state = async (doing: Promise<unknown>): Promise<string | null> =>
  doing.then(
    () => null,
    (error: unknown) => sqlStateOf(error),
  );
const newest = (requestId: string) =>
  desk.owner.privacyPackage.findFirstOrThrow({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { built: true, progress: true, parts: true },
  });
const isGone = async (key: string): Promise<boolean> =>
  (await dataKeys().missing([key])).length === 1;

async function orderUnder(keyId: string): Promise<string | null> {
  const { id, number } = await collected(desk);
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
  return state(
    inTransaction(desk.web, async (tx) => {
      await appendAudit(tx, {
        kind: 'privacy-package-ordered',
        subject: number,
        actor: order.orderedBy,
        at: new Date(),
        facts: { package: order.id, version: 1, choices: 'a'.repeat(64) },
      });
      await tx.privacyPackage.create({ data: order, select: { id: true } });
    }),
  );
}

/** Sets the request to be about somebody else, as whoever works on it may until it is proposed. */
async function reidentify(id: string, seen: string): Promise<void> {
  const wanted = { id, seen, person: desk.other, ground: 'signed-in', proof: 'It was the other.' };
  valueOf(await identifyPerson(desk.people.dora.actor, wanted, desk.context));
}

describe('the web server can not have a key destroyed', () => {
  it('by an order under the key of a person, a text, a request or another package', async () => {
    const { owner } = desk;
    const person = await owner.person.findUniqueOrThrow({ where: { id: desk.other } });
    const { id } = await collected(desk);
    await built(desk, id);
    const request = await owner.privacyRequest.findUniqueOrThrow({ where: { id } });
    const text = await owner.dataKeyOwner.findFirst({ where: { kind: 'text' } });
    const keys = [person.keyId ?? '', request.keyId, ...(text ? [text.keyId] : [])];
    for (const key of keys) expect(await orderUnder(key)).toBe('CS002');
    expect(await orderUnder((await newest(id)).keyId)).toBe('23505');
    const [fresh = ''] = await dataKeys().make(1);
    expect(await orderUnder(fresh)).toBeNull();
    // And the other way round: nobody is recorded under the key of a package.
    expect(
      await state(
        desk.web.person.create({
          data: {
            id: `ps-${'q'.repeat(16)}`,
            keyId: fresh,
            createdAt: new Date(),
            createdBy: 'system',
          },
        }),
      ),
    ).toBe('CS002');
    await work(desk);
  });
});

describe('a package that was never built', () => {
  it('ends with its key once its request is about somebody else, and nobody builds it', async () => {
    const { id } = await collected(desk);
    valueOf(await orderPackage(desk.people.dora.actor, { id }, desk.context));
    const { keyId } = await newest(id);
    await erasePackages(desk.worker, new Date());
    expect(await isGone(keyId)).toBe(false);
    await reidentify(id, '3');
    await work(desk);
    await erasePackages(desk.worker, new Date());
    expect(await isGone(keyId)).toBe(true);
    const ended = await newest(id);
    expect([ended.built, ended.progress?.fault, ended.parts]).toEqual([null, 'ended', []]);
  });

  it('ends with its key thirty days after its request was taken back, also when building failed', async () => {
    const { id } = await collected(desk);
    valueOf(await orderPackage(desk.people.dora.actor, { id }, desk.context));
    const row = await newest(id);
    await desk.worker.privacyPackageProgress.create({
      data: { packageId: row.id, attempt: 5, beatAt: new Date(), done: 0, fault: 'failed' },
    });
    const tables = ['privacy_request_event', 'privacy_request_standing'];
    const set = async (how: 'disable' | 'enable') => {
      for (const table of tables)
        await desk.owner.$executeRawUnsafe(`alter table ${table} ${how} trigger all`);
    };
    const { seq } = (await loadRequest(desk.owner, id)) ?? { seq: 0 };
    const sent = { withdrawnAt: fieldOf(desk.context.clock()), proof: 'She wrote so.' };
    const { actor } = desk.people.dora;
    valueOf(await withdrawRequest(actor, { id, seen: `${seq}`, ...sent }, desk.context));
    await erasePackages(desk.worker, new Date());
    expect(await isGone(row.keyId)).toBe(false);
    await set('disable');
    await desk.owner
      .$executeRaw`update privacy_request_event set at = at - interval '31 days' where request_id = ${id}::uuid`;
    await set('enable');
    await erasePackages(desk.worker, new Date());
    expect(await isGone(row.keyId)).toBe(true);
  });
});

describe('a package of somebody', () => {
  it('is neither shown, decided about nor handed out once the request is about another person', async () => {
    const { id } = await collected(desk);
    const digest = await built(desk, id);
    await adviseOn(desk, id);
    await reidentify(id, '5');
    const { dora, mia } = desk.people;
    const preview = await readPreview(dora.actor, { id }, desk.context);
    expect(preview.ok ? 'done' : preview.refusal.code).toBe('no-package');
    const proposed = await press(desk, mia, { id, seen: '6', ...granting, package: digest });
    expect(proposed.ok ? 'done' : proposed.refusal.code).toBe('other-package');
    // Nor by who writes the row themselves.
    await expect(
      desk.web.privacyRequestEvent.create({
        data: {
          requestId: id,
          seq: 7,
          kind: 'proposed',
          actor: mia.actor.personId,
          at: new Date(),
          facts: { package: digest, decision: 'grant' },
        },
      }),
    ).rejects.toThrow(/not of the person whom the request is about/);
    const file = await viewPackageFile(dora.actor, { id }, desk.context);
    expect(file.ok ? 'done' : file.refusal.code).toBe('not-approved');
    const { keyId } = await newest(id);
    await erasePackages(desk.worker, new Date());
    expect(await isGone(keyId)).toBe(true);
    // Another one is for whom it is about now.
    valueOf(await orderPackage(dora.actor, { id }, desk.context));
    await work(desk);
    const own = await newest(id);
    expect([own.personId, own.built?.erasedAt]).toEqual([desk.other, null]);
  });

  it('counts as built for the person of its request alone, whoever writes it', async () => {
    const { id } = await collected(desk);
    await built(desk, id);
    const row = await newest(id);
    const again = await collected(desk);
    valueOf(await orderPackage(desk.people.dora.actor, { id: again.id }, desk.context));
    const other = await newest(again.id);
    await reidentify(again.id, '3');
    expect(
      await state(
        desk.worker.privacyPackageBuilt.create({
          data: {
            packageId: other.id,
            attempt: 1,
            digest: row.built?.digest ?? '',
            bytes: 1,
            contents: [],
            undecided: 0,
            builtAt: new Date(),
          },
        }),
      ),
    ).toBe('CS002');
  });

  it('is looked through with the scope for it, and the look is on record for the person first', async () => {
    const { id, number } = await collected(desk);
    await built(desk, id);
    const { dora, mia, ida } = desk.people;
    const looks = () => desk.owner.personLook.count({ where: { reference: number } });
    const before = await looks();
    const refused = await readPreview(ida.actor, { id }, desk.context);
    expect(refused.ok ? 'done' : refused.refusal.code).toBe('not-allowed');
    expect(await looks()).toBe(before);
    for (const { actor } of [dora, mia]) valueOf(await readPreview(actor, { id }, desk.context));
    expect(await looks()).toBe(before + 2);
    const last = await desk.owner.personLook.findFirstOrThrow({
      where: { reference: number },
      orderBy: { id: 'desc' },
    });
    expect([last.by, last.purpose, last.personId]).toEqual([
      mia.actor.personId,
      'request-of-person',
      desk.subject,
    ]);
    const file = await desk.owner.privacyRequestStanding.findUniqueOrThrow({
      where: { requestId: id },
    });
    const asked = {
      id,
      standing: {
        right: 'access',
        state: 'collecting',
        person: { id: file.personId ?? '' },
        approvedBy: null,
        proposal: null,
      },
    } as const;
    const can = async ({ actor }: typeof dora) =>
      valueOf(await viewPackage(actor, asked, desk.context))?.can.preview;
    expect([await can(dora), await can(mia), await can(ida)]).toEqual([true, true, false]);
  });
});
