/** What the pages of the registers show, and to whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { listLosses } from './losses/list-losses.ts';
import { recordLoss } from './losses/record-loss.ts';
import { viewLoss } from './losses/view-loss.ts';
import { withdrawReturn } from './returns/end-return.ts';
import { listReturns } from './returns/list-returns.ts';
import { recordReturn } from './returns/record-return.ts';
import { viewReturn } from './returns/view-return.ts';
import { computeEntitlements } from './rights/compute-entitlements.ts';
import { listRights } from './rights/list-rights.ts';
import { recordRightsEvent } from './rights/record-event.ts';
import { viewRightsEvent } from './rights/view-rights-event.ts';
import { checkSegregation } from './segregation/check-segregation.ts';
import { viewSegregation } from './segregation/view-segregation.ts';
import { listSubCustodians } from './sub-custodians/list-sub-custodians.ts';
import { close, fieldOf, openClientDesk, type ClientDesk } from './testing/desk.ts';
import { viewClient } from './view-client.ts';

const dayMs = 86_400_000;
const nothing = '11111111-1111-4111-8111-111111111111';
/** More than one page of holders. */
const clients = Array.from({ length: 103 }, (_, index) => `C-${1000 + index}`);

let desk: ClientDesk;
let event: string;
let loss: string;
let request: string;
beforeAll(async () => {
  desk = await openClientDesk(clients);
  const { books, context } = desk;
  for (const client of clients) await deposit(books, client, 1_000_000_000n);
  const at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
  const { actor } = desk.people[0];
  event = valueOf(
    await recordRightsEvent(
      actor,
      {
        kind: 'airdrop',
        asset: 'SOL',
        at,
        block: '',
        brings: 'SMPL',
        decimals: '6',
        numerator: '2',
        denominator: '3',
        title: 'Airdrop of a token',
        source: 'Announcement',
      },
      context,
    ),
  ).id;
  valueOf(await computeEntitlements(actor, { id: event, seen: '0' }, context));
  loss = valueOf(
    await recordLoss(
      actor,
      {
        client: '',
        asset: 'SOL',
        amount: '1',
        occurredAt: at,
        incident: '',
        price: '142.355',
        priceAt: at,
        source: 'Mean of three venues',
        subject: 'A transfer was undone.',
      },
      context,
    ),
  ).id;
  request = valueOf(
    await recordReturn(
      actor,
      {
        client: 'C-1000',
        asset: 'SOL',
        amount: '',
        requestedAt: at,
        dueOn: '',
        subject: 'All back, please.',
      },
      context,
    ),
  ).id;
});
afterAll(() => closeBooks(desk.books));

const reader = () => desk.auditor;

describe('a record', () => {
  it('of an event shows its exact figures and every holder, a page at a time', async () => {
    const view = async (after: string | null) =>
      valueOf(await viewRightsEvent(reader(), { id: event, after }, desk.context));
    const first = await view(null);
    expect(first.event).toMatchObject({ ratio: '2 SMPL for 3 SOL', state: 'computed' });
    // Two thirds of 103 whole coins, to the sixth decimal.
    expect(first.event.shares).toMatchObject({
      holders: 103,
      held: '103.000000000',
      due: '68.666666',
      rest: '2/3',
    });
    expect(first.dueTo).toEqual({ clients: '68.666666', custodian: null, unknown: null });
    expect(first.lines).toHaveLength(100);
    const second = await view(first.next);
    expect(second.lines.map(({ client }) => client)).toEqual(['C-1100', 'C-1101', 'C-1102']);
    expect(second.next).toBeNull();
    expect(first.can).toEqual({ compute: false, approve: false, drop: false, handOut: false });
  });

  it('says what this person may do, and why not', async () => {
    const as = async (index: 0 | 1) =>
      valueOf(
        await viewRightsEvent(desk.people[index].actor, { id: event, after: null }, desk.context),
      );
    expect(await as(1)).toMatchObject({ can: { approve: true }, approveRefusal: null });
    expect((await as(0)).approveRefusal).toContain('a colleague approves');
  });

  it('of a loss shows the value at the time and each one’s part of it', async () => {
    const { loss: shown, lines } = valueOf(
      await viewLoss(reader(), { id: loss, after: null }, desk.context),
    );
    // 103 parts of one coin at 142.355: each part of a cent is a whole one.
    expect(shown).toMatchObject({ amount: '1.000000000', price: '142.355', value: '143.17' });
    expect(lines[0]).toMatchObject({ value: '1.39', liability: null, paid: null });
  });

  it('that is not there is unknown, whatever is asked for', async () => {
    for (const id of ['x', nothing, request]) {
      const { context } = desk;
      expect(await viewRightsEvent(reader(), { id, after: null }, context)).toMatchObject({
        refusal: { code: 'event-unknown' },
      });
      expect(await viewLoss(reader(), { id, after: null }, context)).toMatchObject({
        refusal: { code: 'loss-unknown' },
      });
    }
    expect(await viewReturn(reader(), event, desk.context)).toMatchObject({
      refusal: { code: 'return-unknown' },
    });
  });
});

describe('a client’s page', () => {
  it('has what is open, what is due and what came of events and losses', async () => {
    const view = valueOf(await viewClient(reader(), 'C-1000', desk.context));
    expect(view).toMatchObject({
      returns: [{ amount: null, asset: 'SOL', state: 'opened' }],
      complaints: [],
      entitlements: [{ brings: 'SMPL', isApproved: false, outcome: null }],
      losses: [{ value: '1.39', liability: null, decided: null, isPaid: false }],
      ownAddresses: [],
      statement: { isOverdue: false, last: null },
    });
  });
});

describe('a register', () => {
  it('shows a return as overdue once its days are over, and reads what ended a page at a time', async () => {
    const { context, people } = desk;
    const list = async (before: string | null) =>
      valueOf(await listReturns(reader(), { before }, context));
    const [first] = (await list(null)).open;
    expect(first?.clock.state).toBe('open');
    for (let index = 0; index < 52; index += 1) {
      const { id } = valueOf(
        await recordReturn(
          people[0].actor,
          {
            client: 'C-1001',
            asset: 'SOL',
            amount: '0.1',
            requestedAt: fieldOf(context.clock()),
            dueOn: '',
            subject: `Request ${index}`,
          },
          context,
        ),
      );
      const reasons = 'The client wrote that it may stay.';
      valueOf(await withdrawReturn(people[0].actor, { id, seen: '0', reasons }, context));
    }
    const page = await list(null);
    expect([page.ended.length, page.open.length]).toEqual([50, 1]);
    const rest = await list(page.next);
    expect([rest.ended.length, rest.open.length, rest.next]).toEqual([2, 0, null]);
    context.passTime(7 * dayMs);
    expect((await list(null)).open[0]?.clock.state).toBe('overdue');
    context.passTime(-7 * dayMs);
  });

  it('of segregation shows every address with its class, the newest check and those before', async () => {
    const { context, people } = desk;
    valueOf(await checkSegregation(people[0].actor, context));
    const view = valueOf(
      await viewSegregation(reader(), { before: null, accounts: null }, context),
    );
    expect(view.addresses).toMatchObject([{ address: 'address', className: 'Clients together' }]);
    expect(view).toMatchObject({
      total: 1,
      breaches: [],
      checks: [{ found: 0, by: 'Ada Hofmann' }],
    });
  });

  it('is closed to who may not read it', async () => {
    const stranger = { ...reader(), scopes: new Set(['ledger:read'] as const) };
    const { context } = desk;
    const first = { before: null };
    for (const answer of [
      await listReturns(stranger, first, context),
      await listRights(stranger, first, context),
      await listLosses(stranger, first, context),
      await listSubCustodians(stranger, first, context),
      await viewSegregation(stranger, { ...first, accounts: null }, context),
      await viewReturn(stranger, request, context),
      await viewLoss(stranger, { id: loss, after: null }, context),
      await viewRightsEvent(stranger, { id: event, after: null }, context),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
    expect(valueOf(await listRights(reader(), first, context))).toMatchObject({
      open: [{ id: event }],
      canWrite: false,
    });
    expect(valueOf(await listLosses(reader(), first, context)).open).toHaveLength(1);
  });
});
