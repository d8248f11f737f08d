/** What a package says of its ties is asked when it is proposed and when it is approved, of that package and no other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { deposit } from '#lib/ledger/testing/books.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { digestBefore, lockRequest } from '../requests/load-request.ts';
import {
  adviseOn,
  built,
  clientId,
  collected,
  openPackagesDesk,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, press } from '../testing/request-desk.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await deposit(desk.books, clientId, 5_000_000_000n);
});
afterAll(() => desk.close());

/** A package with the client's movements, ready to be proposed: five events. */
async function ready(): Promise<{ id: string; digest: string }> {
  const { id } = await collected(desk);
  await adviseOn(desk, id);
  return { id, digest: await built(desk, id, () => 'in') };
}
/** As the worker left it before it kept the ties. */
async function untied(digest: string): Promise<void> {
  await desk.owner.$executeRaw`alter table privacy_package_built disable trigger guarded`;
  await desk.owner
    .$executeRaw`update privacy_package_built set ties = null where digest = ${digest}`;
  await desk.owner.$executeRaw`alter table privacy_package_built enable always trigger guarded`;
}
/** What the database says of an event that is written past the use case; each says the facts that it needs. */
async function written(
  id: string,
  { kind, actor, more }: { kind: 'proposed' | 'approved'; actor: string; more: object },
): Promise<string> {
  const moved = await inTransaction(desk.web, async (tx) => {
    const file = await lockRequest(tx, id);
    if (!file) throw new Error('There is no such request.');
    const at = kind === 'proposed' ? file.seq + 1 : file.seq;
    await tx.privacyRequestEvent.create({
      data: {
        requestId: id,
        seq: file.seq + 1,
        kind,
        actor,
        at: desk.context.clock(),
        facts: { events: await digestBefore(tx, file, at), ...more },
      },
    });
  }).then(
    () => 'done',
    (error: unknown) => `${sqlStateOf(error)} ${String(error)}`,
  );
  return moved;
}
const decided = { decision: 'grant', grounds: [], earlier: [], plan: null };

it('a package that does not say by which ties it tells is neither proposed nor approved', async () => {
  const { id, digest } = await ready();
  const { mia, ada, ben } = desk.people;
  const proposal = { id, seen: '5', package: digest, ...granting };
  await untied(digest);
  expect(await press(desk, mia, proposal)).toMatchObject({ refusal: { code: 'package-older' } });
  const event = { kind: 'proposed', actor: ada.actor.personId } as const;
  expect(await written(id, { ...event, more: { ...decided, package: digest } })).toMatch(
    /^CS002 .*by which ties/su,
  );
  const again = await built(desk, id, () => 'in', { again: 'yes' });
  valueOf(await press(desk, mia, { ...proposal, package: again }));
  await untied(again);
  expect(await press(desk, ben, { id, seen: '6', step: 'approved' })).toMatchObject({
    refusal: { code: 'package-older' },
  });
});

it('an approval that names a package of its own is asked about the one that was proposed', async () => {
  const { id, digest } = await ready();
  const { mia, ben } = desk.people;
  valueOf(await press(desk, mia, { id, seen: '5', package: digest, ...granting }));
  await untied(digest);
  const more = { of: 6, package: 'f'.repeat(64) };
  const event = { kind: 'approved', actor: ben.actor.personId, more } as const;
  expect(await written(id, event)).toMatch(/^CS002 .*by which ties/su);
});
