import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { postUnknownAsset } from '#lib/ledger/post-unknown-asset.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { registerAgreement } from '../agreements/register-agreement.ts';
import { recordPolicy } from '../policy/record-policy.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { holdersAt } from '../shares/share-statement.ts';
import { writeInParts } from '../shares/write-in-parts.ts';
import { besideGuard } from '../testing/beside-guards.ts';
import { correctText } from '../register/correct-text.ts';
import {
  close,
  correct,
  decideWithKey,
  fieldOf,
  openClientDesk,
  type ClientDesk,
} from '../testing/desk.ts';
import { computeEntitlements } from './compute-entitlements.ts';
import { dropRightsEvent } from './drop-event.ts';
import { handOut } from './hand-out.ts';
import { keepUnderAgreements } from './keep-under-agreements.ts';
import { recordRightsEvent } from './record-event.ts';
import { viewRightsEvent } from './view-rights-event.ts';

const dayMs = 86_400_000;
const dayOf = (offset: number): string =>
  new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);
/** Twenty-seven digits. */
const large = 123_456_789_012_345_678_901_234_567n;
/** What events bring here: a token that the registry does not know, as the books name it. */
const token = 'UNKAAAAAAAAA';

let desk: ClientDesk;
let at: string;
beforeAll(async () => {
  desk = await openClientDesk(['C-1001', 'C-1002', 'C-1003']);
  const [ada] = desk.people;
  valueOf(
    await recordPolicy(
      ada.actor,
      {
        adoptedOn: dayOf(-40),
        text: 'A custody policy. '.repeat(5),
        summary: 'Kept apart. '.repeat(5),
      },
      desk.context,
    ),
  );
  await agree('C-1003');
  await deposit(desk.books, 'C-1001', large);
  await deposit(desk.books, 'C-1002', 5n);
  await deposit(desk.books, 'C-1003', 4n);
  await deposit(desk.books, null, 2n);
  valueOf(
    await postUnknownAsset(desk.books.worker, {
      chain: 'solana:sandbox',
      vault: 'warm-1',
      asset: token,
      change: 2n * large,
      slot: 7n,
      at: new Date(),
    }),
  );
  at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
});
afterAll(() => closeBooks(desk.books));

/** Registers an agreement that gives the custodian what events bring. @returns its id. */
async function agree(client: string, signedOn = dayOf(-30)): Promise<string> {
  const { id } = valueOf(
    await registerAgreement(
      desk.people[0].actor,
      {
        client,
        contents: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
        signedOn,
        inForceFrom: signedOn,
        policyVersion: '1',
        rights: 'custodian',
        parties: 'The client and us',
        document: 'File 7',
      },
      desk.context,
    ),
  );
  return id;
}

const event = (over = {}) => ({
  kind: 'fork',
  asset: 'SOL',
  at,
  block: '250000000',
  brings: token,
  decimals: '9',
  numerator: '1',
  denominator: '3',
  title: 'Fork of Solana',
  source: 'Announcement of the validators',
  ...over,
});
const record = (over = {}) => recordRightsEvent(desk.people[0].actor, event(over), desk.context);
const compute = (id: string, who = desk.people[0]) =>
  computeEntitlements(who.actor, { id, seen: '0' }, desk.context);
const approve = (id: string, who = desk.people[1], between?: () => Promise<unknown>) =>
  decideWithKey(who, { id, seen: '1', decision: 'approved' }, desk.context, between);
const computed = async (over = {}) => {
  const { id, number } = valueOf(await record(over));
  valueOf(await compute(id));
  return { id, number };
};
const sharesOf = async (id: string) => {
  const rows = await desk.books.owner.rightsEntitlement.findMany({
    where: { caseId: id },
    orderBy: { accountId: 'asc' },
  });
  return rows.map(({ accountId, amount, goesTo }) => [
    accountId,
    BigInt(amount.toFixed(0)),
    goesTo,
  ]);
};

describe('a rights event', () => {
  it('is recorded, shared exactly by the balances at the event, approved by another with a key, and handed out to the last unit', async () => {
    const { id, number } = await computed();
    const due = (large + 11n) / 3n;
    const shares = await sharesOf(id);
    expect(shares.map(([account, , goesTo]) => [account, goesTo])).toEqual([
      ['client/C-1001/SOL', 'client'],
      ['client/C-1002/SOL', 'client'],
      ['client/C-1003/SOL', 'custodian'],
      ['suspense/deposits/SOL', 'client'],
    ]);
    expect(shares.reduce((sum, [, amount]) => sum + (amount as bigint), 0n)).toBe(due);
    const step = await desk.books.owner.registerStep.findUniqueOrThrow({
      where: { caseId_seq: { caseId: id, seq: 1 } },
    });
    expect(step.facts).toMatchObject({
      holders: 4,
      heldUnits: (large + 11n).toString(),
      dueUnits: due.toString(),
      rest: (((large + 11n) * 10n ** 9n) % (3n * 10n ** 9n)).toString(),
    });

    const toFirst = () =>
      correct(desk, [
        { account: `suspense/warm-1/${token}`, amount: shares[0]?.[1] as bigint },
        { account: `client/C-1001/${token}`, amount: -(shares[0]?.[1] as bigint) },
      ]);
    const before = await toFirst();
    const hand = (number_: string, seen = '2') =>
      handOut(desk.people[0].actor, { id, seen, journal: number_ }, desk.context);
    expect(await hand(before, '1')).toMatchObject({ refusal: { code: 'not-approved' } });
    valueOf(await approve(id));
    expect(await hand(before)).toMatchObject({ refusal: { code: 'journal-before' } });
    const journal = await toFirst();
    expect(valueOf(await hand(journal))).toEqual({ accounts: 1, completed: false });
    // The same line of the books pays nobody twice.
    expect(await hand(journal)).toMatchObject({ refusal: { code: 'journal-pays-nothing' } });
    expect(await hand('999999')).toMatchObject({ refusal: { code: 'journal-unknown' } });
    expect(
      valueOf(await keepUnderAgreements(desk.people[0].actor, { id, seen: '2' }, desk.context)),
    ).toEqual({ accounts: 1, completed: false });
    expect(
      await keepUnderAgreements(desk.people[0].actor, { id, seen: '2' }, desk.context),
    ).toMatchObject({ refusal: { code: 'nothing-declined' } });
    const rest = await correct(desk, [
      {
        account: `suspense/warm-1/${token}`,
        amount: (shares[1]?.[1] as bigint) + (shares[3]?.[1] as bigint),
      },
      { account: `client/C-1002/${token}`, amount: -(shares[1]?.[1] as bigint) },
      { account: `suspense/deposits/${token}`, amount: -(shares[3]?.[1] as bigint) },
    ]);
    expect(valueOf(await hand(rest))).toEqual({ accounts: 2, completed: true });
    const { entries } = await auditOf(desk.books.owner, { subject: number });
    expect(entries.map(({ kind, facts }) => facts['step'] ?? facts['what'] ?? kind)).toEqual([
      'completed',
      'handed-out',
      'declined',
      'handed-out',
      'approved',
      'computed',
      'register-opened',
    ]);
  });

  it('is approved neither by who recorded nor by who computed it, and by nobody without a key press over exactly this', async () => {
    const { id } = valueOf(await record());
    valueOf(await compute(id, desk.people[2]));
    for (const who of [desk.people[0], desk.people[2]])
      expect(await approve(id, who)).toMatchObject({ refusal: { code: 'same-person' } });
    const corrected = () =>
      correctText(
        desk.people[0].actor,
        { id, seq: '0', kind: 'title', version: '1', text: 'Another fork' },
        desk.context,
      );
    expect(await approve(id, desk.people[1], corrected)).toMatchObject({
      refusal: { code: 'case-moved' },
    });
    valueOf(await approve(id));
    const statement = await desk.books.owner.registerStatement.findUniqueOrThrow({
      where: { caseId_seq: { caseId: id, seq: 2 } },
    });
    expect(JSON.parse(statement.document)).toMatchObject({
      decision: 'approved',
      person: desk.people[1].actor.personId,
    });
  });

  it('has the same shares in whatever parts they are written', async () => {
    const { id } = await computed();
    const other = valueOf(await record());
    const { lastJournal } = await desk.books.owner.ledgerClose.findFirstOrThrow({
      orderBy: { closedAt: 'asc' },
    });
    const holders = holdersAt({ asset: 'SOL', lastJournal });
    const ratio = { numerator: 10n ** 9n, denominator: 3n * 10n ** 9n };
    class Undo extends Error {}
    const written: unknown[] = [];
    await expect(
      inTransaction(desk.books.web, async (tx) => {
        await writeInParts(
          tx,
          { holders, ratio },
          (shares) => Prisma.sql`
            insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
              select ${other.id}::uuid, account_id, weight, amount, 'client' from (${shares}) s`,
          1,
        );
        const rows = await tx.rightsEntitlement.findMany({
          where: { caseId: other.id },
          orderBy: { accountId: 'asc' },
        });
        written.push(
          ...rows.map(({ accountId, amount }) => [accountId, BigInt(amount.toFixed(0))]),
        );
        throw new Undo();
      }),
    ).rejects.toThrow(Undo);
    expect(written).toEqual((await sharesOf(id)).map(([account, amount]) => [account, amount]));
  });

  it('of two who compute or approve it at the same moment the second is told', async () => {
    const { id } = valueOf(await record());
    const computing = await Promise.all(desk.people.slice(0, 2).map((who) => compute(id, who)));
    expect(computing.filter(({ ok }) => ok)).toHaveLength(1);
    expect(computing.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
    const { actor } = await desk.books.owner.registerStep.findFirstOrThrow({
      where: { caseId: id },
    });
    const others = desk.people.slice(1).filter((who) => who.actor.personId !== actor);
    const [first] = others;
    if (!first) throw new Error('Nobody is left to approve.');
    const approving = await Promise.all([approve(id, first), approve(id, first)]);
    expect(approving.filter(({ ok }) => ok)).toHaveLength(1);
    expect(approving.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
  });

  it('is refused by name where the form is wrong, and while the books are not closed up to it', async () => {
    const cases: readonly [string, object][] = [
      ['asset-unknown', { asset: 'DOGE' }],
      ['in-the-future', { at: fieldOf(new Date(Date.now() + 60_000)) }],
      ['decimals-differ', { brings: 'SOL', decimals: '8' }],
      ['form-invalid', { numerator: '0' }],
      ['form-invalid', { denominator: '1.5' }],
      ['form-invalid', { numerator: '1'.repeat(28) }],
      ['text-invalid', { source: ' ' }],
    ];
    for (const [code, over] of cases)
      expect([over, await record(over)]).toMatchObject([over, { refusal: { code } }]);
    const now = valueOf(await record({ at: fieldOf(new Date()) }));
    desk.context.passTime(1_000);
    const later = valueOf(await record({ at: fieldOf(desk.context.clock()) }));
    expect(await compute(later.id)).toMatchObject({ refusal: { code: 'not-closed-yet' } });
    desk.context.passTime(-1_000);
    expect(now.id).not.toBe(later.id);
    const tiny = valueOf(
      await record({ numerator: '1', denominator: '9'.repeat(27), decimals: '0' }),
    );
    expect(await compute(tiny.id)).toMatchObject({ refusal: { code: 'nothing-due' } });
  });

  it('is dropped with reasons before it is approved, once it is computed by another person, and never after', async () => {
    const drop = (id: string, seen: string, who = desk.people[1]) =>
      dropRightsEvent(who.actor, { id, seen, reasons: 'The ratio was another one.' }, desk.context);
    const { id } = await computed();
    expect(await drop(id, '1', desk.people[0])).toMatchObject({ refusal: { code: 'same-person' } });
    valueOf(await drop(id, '1'));
    expect(await approve(id)).toMatchObject({ refusal: { code: 'case-moved' } });
    const second = await computed();
    valueOf(await approve(second.id));
    expect(await drop(second.id, '2')).toMatchObject({ refusal: { code: 'step-not-now' } });
    const third = valueOf(await record());
    valueOf(await drop(third.id, '0', desk.people[0]));
  });

  it('is kept only under the agreement of that client that was in force at the event and on record when shares were computed', async () => {
    const { id } = await computed();
    valueOf(await approve(id));
    const { books, people, context } = desk;
    const own = await books.owner.registerCase.findFirstOrThrow({ where: { clientId: 'C-1003' } });
    const keep = (agreement: string, account = 'client/C-1003/SOL') =>
      books.web.registerOutcome
        .create({
          data: {
            caseId: id,
            accountId: account,
            what: 'declined',
            agreementId: agreement,
            actor: people[0].actor.personId,
            at: new Date(),
          },
        })
        .then(
          () => 'kept',
          (error: unknown) => String(error),
        );
    const refused = 'does not hand out what is due';
    // Of another client, of this one but registered too late, and one under which the client is entitled.
    expect(await keep(await agree('C-1002'))).toContain(refused);
    expect(await keep(await agree('C-1003', dayOf(-10)))).toContain(refused);
    expect(await keep(own.id, 'client/C-1001/SOL')).toContain(refused);
    await besideGuard(
      books.owner,
      'register_step',
      Prisma.sql`insert into register_step (case_id, seq, step, actor, at, facts)
        values (${own.id}::uuid, 1, 'ended', ${people[0].actor.personId}, ${new Date(Date.now() - dayMs)}, '{}')`,
    );
    expect(await keep(own.id)).toContain(refused);
    expect(await keepUnderAgreements(people[0].actor, { id, seen: '2' }, context)).toMatchObject({
      refusal: { code: 'nothing-declined' },
    });
  });

  it('tells apart what goes to clients, to the custodian and to who is not known, and they sum to what is due', async () => {
    const { id } = await computed();
    const reader = desk.people[0].actor;
    const view = valueOf(await viewRightsEvent(reader, { id, after: null }, desk.context));
    const units = (text = '0') => BigInt(text.replaceAll(/[.,]/g, ''));
    const due = await desk.books.owner.rightsEntitlement.findMany({ where: { caseId: id } });
    const sum = (wanted: (one: (typeof due)[number]) => boolean) =>
      due.filter(wanted).reduce((all, { amount }) => all + BigInt(amount.toFixed()), 0n);
    const isClient = ({ accountId }: { accountId: string }) => accountId.startsWith('client/');
    const { clients, custodian, unknown } = view.dueTo ?? {};
    const kept = due.filter(({ goesTo }) => goesTo === 'custodian');
    expect(kept.length).toBeGreaterThan(0);
    expect(custodian?.clients).toBe(kept.length);
    expect(units(custodian?.amount)).toBe(sum(({ goesTo }) => goesTo === 'custodian'));
    expect(units(clients)).toBe(sum((one) => isClient(one) && one.goesTo === 'client'));
    expect(units(unknown ?? '0')).toBe(sum((one) => !isClient(one)));
    expect(units(clients) + units(custodian?.amount) + units(unknown ?? '0')).toBe(
      units(view.event.shares?.due),
    );
  });

  it('is kept under the agreement that was on record, though a newer one was registered since', async () => {
    await agree('C-1001');
    const { id } = await computed();
    valueOf(await approve(id));
    await agree('C-1001', dayOf(-5));
    valueOf(await keepUnderAgreements(desk.people[0].actor, { id, seen: '2' }, desk.context));
    const { agreementId } = await desk.books.owner.registerOutcome.findFirstOrThrow({
      where: { caseId: id, accountId: 'client/C-1001/SOL' },
    });
    const agreements = await desk.books.owner.registerCase.findMany({
      where: { clientId: 'C-1001' },
      orderBy: { openedAt: 'asc' },
    });
    expect(agreementId).toBe(agreements[0]?.id);
  });

  it('is closed to who may not write', async () => {
    const { auditor, context } = desk;
    const { id } = await computed();
    for (const answer of [
      await recordRightsEvent(auditor, event(), context),
      await computeEntitlements(auditor, { id, seen: '0' }, context),
      await handOut(auditor, { id, seen: '1', journal: '1' }, context),
      await keepUnderAgreements(auditor, { id, seen: '1' }, context),
      await dropRightsEvent(auditor, { id, seen: '1', reasons: 'No reason at all.' }, context),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});
