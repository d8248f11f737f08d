/** @file One package that can't go, or can't be built, keeps no other one from either. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { built, collected, openPackagesDesk, type PackagesDesk } from '../testing/package-desk.ts';
import { erasePackages } from './erase-packages.ts';
import { orderPackage } from './order-package.ts';
import { PackageDesk } from './package-desk.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

/** A worker that was started just now. */
const worker = (): PackageDesk =>
  new PackageDesk({
    db: desk.worker,
    clock: () => desk.context.clock(),
    settings: desk.context.settings,
  });
const newest = (requestId: string) =>
  desk.owner.privacyPackage.findFirstOrThrow({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { built: true, progress: true, parts: true },
  });
const isGone = async (key: string): Promise<boolean> =>
  (await dataKeys().missing([key])).length === 1;
async function ordered(): Promise<string> {
  const { id } = await collected(desk);
  valueOf(await orderPackage(desk.people.dora.actor, { id }, desk.context));
  return id;
}
async function ofSomebodyElse(id: string): Promise<void> {
  const wanted = { id, seen: '3', person: desk.other, ground: 'signed-in', proof: 'The other.' };
  valueOf(await identifyPerson(desk.people.dora.actor, wanted, desk.context));
}

/** Makes every change of a row of one package fail, as a row does that a guard refuses. */
async function refuseChange(table: string, packageId: string): Promise<() => Promise<unknown>> {
  await desk.owner
    .$executeRawUnsafe(`create or replace function poison() returns trigger language plpgsql as $$
    begin
      if new.package_id = '${packageId}'::uuid then raise exception 'this one fails' using errcode = 'CS002'; end if;
      return new;
    end $$`);
  await desk.owner.$executeRawUnsafe(
    `create trigger poison before insert or update on ${table} for each row execute function poison()`,
  );
  await desk.owner.$executeRawUnsafe(`alter table ${table} enable always trigger poison`);
  return () => desk.owner.$executeRawUnsafe(`drop trigger poison on ${table}`);
}

it('a package that can not be erased keeps none from being erased, ended or built, and is raised until it went', async () => {
  const { id: stuck } = await collected(desk);
  await built(desk, stuck);
  const { id: other } = await collected(desk);
  await built(desk, other);
  const unbuilt = await ordered();
  for (const id of [stuck, other, unbuilt]) await ofSomebodyElse(id);
  const waits = await ordered();
  const rows = await Promise.all([stuck, other, unbuilt].map(newest));
  const heal = await refuseChange('privacy_package_built', rows[0]?.id ?? '');
  const packages = worker();
  await expect(packages.look()).rejects.toThrow('Packages could not be erased');
  await packages.settled();
  // It stays raised at looks at which nothing is tried again.
  await expect(packages.look()).rejects.toThrow('Packages could not be erased');
  const gone = await Promise.all(rows.map(({ keyId }) => isGone(keyId)));
  expect(gone).toEqual([false, true, true]);
  expect((await newest(waits)).built).not.toBeNull();
  await heal();
  await erasePackages(desk.worker, new Date());
  expect(await isGone(rows[0]?.keyId ?? '')).toBe(true);
});

it('an order that can not be taken keeps none behind it from being built', async () => {
  const stuck = await ordered();
  const waits = await ordered();
  const heal = await refuseChange('privacy_package_progress', (await newest(stuck)).id);
  const packages = worker();
  await expect(packages.look()).rejects.toThrow(/this one fails/);
  await packages.settled();
  expect((await newest(waits)).built).not.toBeNull();
  await heal();
  await packages.look();
  await packages.settled();
  expect((await newest(stuck)).built).not.toBeNull();
});

it('an order that was tried and failed goes behind one that came meanwhile', async () => {
  const failing = await ordered();
  const { id } = await newest(failing);
  const waits = await ordered();
  const beatAt = new Date(desk.context.clock().getTime() + 1_000);
  await desk.worker.privacyPackageProgress.create({
    data: { packageId: id, attempt: 1, beatAt, done: 0, fault: 'keys-away' },
  });
  desk.context.passTime(20_000);
  const packages = worker();
  await packages.look();
  await packages.settled();
  expect((await newest(waits)).built).not.toBeNull();
  expect((await newest(failing)).built).toBeNull();
});
