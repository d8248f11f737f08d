import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { auditOf } from '#lib/audit/queries.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { scopesOf } from '#lib/identity/roles.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { applyDifferences } from './breaks/apply-differences.ts';
import { commentBreak } from './comment-break.ts';
import { raiseAndApprove } from './corrections/testing/raise-and-approve.ts';
import { declineClosing } from './decline-closing.ts';
import { listBreaks } from './list-breaks.ts';
import { compare } from './matching/compare.ts';
import { inputsOf, itemOf } from './matching/testing/make-inputs.ts';
import { submitClosing } from './submit-closing.ts';
import { prepareClosing } from './prepare-closing.ts';
import { acceptClosing, proposeClosing, type Signer } from './testing/press-closing.ts';
import { recordedRun } from './testing/recorded-run.ts';
import { takeBreak } from './take-break.ts';
import { withdrawClosing } from './withdraw-closing.ts';

let books: Books;
let web: Context & { passTime(milliseconds: number): void };
let [ada, ben]: Signer[] = [];
let turn = 0;
let txid = '';

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  web = testContext(books.web);
  const people: Signer[] = [];
  for (const displayName of ['Ada Hofmann', 'Ben Okafor']) {
    const person = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, person);
    people.push({ actor: (await signIn(web, person)).actor, key: person.key });
  }
  [ada, ben] = people;
});
afterAll(() => closeBooks(books));

/** A run that finds (or no longer finds) one transaction that the books do not have. */
async function runFinding(amount: bigint): Promise<void> {
  web.passTime(1_000);
  const items = amount === 0n ? [] : [itemOf(txid, amount, { transaction: txid })];
  const inputs = { ...inputsOf('chain', [], items), at: web.clock().toISOString() };
  const run = await recordedRun(books.worker, inputs);
  await inTransaction(books.worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}

const rowNow = async () => {
  const row = await books.owner.breakRecord.findFirstOrThrow({
    where: { subject: `transaction:${txid}` },
  });
  return row;
};
const target = async () => {
  const { id, revision } = await rowNow();
  return { id, revision };
};
const text = 'A transfer between our own vaults, see ticket 17.';

beforeEach(async () => {
  turn += 1;
  txid = `tx-${turn}`;
  await runFinding(7n);
});

const signer = (one: Signer | undefined): Signer => {
  if (!one) throw new Error('Nobody is there.');
  return one;
};
const actor = (one: Signer | undefined): Actor => signer(one).actor;

describe('a break', () => {
  it('is closed by an explanation that another person accepts, and stays so while it is the same', async () => {
    valueOf(await takeBreak(actor(ada), await target(), web));
    valueOf(await proposeClosing(signer(ada), { ...(await target()), text, journal: null }, web));
    expect(await acceptClosing(signer(ada), await target(), web)).toMatchObject({
      refusal: { code: 'same-person' },
    });
    valueOf(await acceptClosing(signer(ben), await target(), web));
    expect(await rowNow()).toMatchObject({
      state: 'closed',
      closedBy: 'explanation',
      proposedBy: actor(ada).personId,
      acceptedBy: actor(ben).personId,
      owner: actor(ada).personId,
    });
    await runFinding(7n);
    expect(await rowNow()).toMatchObject({ state: 'closed', closedBy: 'explanation' });
    await runFinding(8n);
    expect(await rowNow()).toMatchObject({
      state: 'open',
      closedBy: null,
      acceptedBy: null,
      proposedBy: null,
    });
    const { entries } = await auditOf(books.owner, { subject: (await rowNow()).number });
    expect(entries.map(({ facts }) => facts['what']).toReversed()).toEqual([
      'found',
      'taken',
      'proposed',
      'accepted',
      'reopened',
    ]);
    expect(JSON.stringify(entries.map(({ facts }) => facts))).not.toContain('ticket 17');
  });

  it('is closed by a match while something is proposed, and opens again when it is back', async () => {
    valueOf(await proposeClosing(signer(ada), { ...(await target()), text, journal: null }, web));
    await runFinding(0n);
    expect(await rowNow()).toMatchObject({ state: 'closed', closedBy: 'match', proposedBy: null });
    await runFinding(7n);
    expect(await rowNow()).toMatchObject({ state: 'open', closedBy: null });
  });

  it('can be declined by another and withdrawn by who proposed, with what was said kept', async () => {
    const propose = async () =>
      valueOf(await proposeClosing(signer(ada), { ...(await target()), text, journal: null }, web));
    await propose();
    const why = { ...(await target()), text: 'No evidence yet.' };
    valueOf(await declineClosing(actor(ben), why, web));
    await propose();
    expect(await withdrawClosing(actor(ben), await target(), web)).toMatchObject({
      refusal: { code: 'not-proposer' },
    });
    valueOf(await withdrawClosing(actor(ada), await target(), web));
    valueOf(await commentBreak(actor(ben), { ...(await target()), text: 'Asked the node.' }, web));
    const { id, state } = await rowNow();
    expect(state).toBe('open');
    const notes = await books.owner.breakNote.findMany({ where: { event: { breakId: id } } });
    expect(await openTexts('break_note', notes)).toEqual(
      expect.arrayContaining([text, 'No evidence yet.', 'Asked the node.']),
    );
  });

  it('keeps what both signed, over the same difference and the same words', async () => {
    valueOf(await proposeClosing(signer(ada), { ...(await target()), text, journal: null }, web));
    valueOf(await acceptClosing(signer(ben), await target(), web));
    const { id, content } = await rowNow();
    const rows = await books.owner.breakStatement.findMany({
      where: { event: { breakId: id } },
      orderBy: { eventId: 'asc' },
    });
    const said = rows.map(({ document }) => JSON.parse(document) as Record<string, unknown>);
    expect(said).toMatchObject([
      { decision: 'propose', person: actor(ada).personId, content, amount: '7' },
      { decision: 'accept', person: actor(ben).personId, content, amount: '7' },
    ]);
    expect(said[0]?.['noteCommitment']).toBe(said[1]?.['noteCommitment']);
    expect(JSON.stringify(said)).not.toContain('ticket 17');
  });

  it('takes nobody’s signature but that of who asked, once, and for what was read', async () => {
    const asked = async () =>
      valueOf(
        await prepareClosing(
          actor(ada),
          { decision: 'propose', ...(await target()), text, journal: null },
          web,
        ),
      );
    const origin = web.settings.origin;
    const first = await asked();
    const { challenge } = first.options;
    const foreign = signer(ben).key.assert({ challenge, origin });
    expect(
      await submitClosing(actor(ada), { nonce: first.nonce, assertion: foreign }, web),
    ).toMatchObject({ refusal: { code: 'unknown-credential' } });
    const second = await asked();
    valueOf(await takeBreak(actor(ben), await target(), web));
    const late = signer(ada).key.assert({ challenge: second.options.challenge, origin });
    const answer = { nonce: second.nonce, assertion: late };
    expect(await submitClosing(actor(ada), answer, web)).toMatchObject({
      refusal: { code: 'break-moved' },
    });
    expect(await submitClosing(actor(ada), answer, web)).toMatchObject({
      refusal: { code: 'challenge-used' },
    });
    expect((await rowNow()).state).toBe('open');
  });

  it('is not acted on by who read an older state of it, nor by who may not', async () => {
    const stale = await target();
    valueOf(await takeBreak(actor(ben), stale, web));
    expect(await proposeClosing(signer(ada), { ...stale, text, journal: null }, web)).toMatchObject(
      {
        refusal: { code: 'break-moved' },
      },
    );
    const auditor = { ...actor(ada), scopes: scopesOf(['auditor']) };
    expect(await takeBreak(auditor, await target(), web)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });

  it('is closed by a journal only if that corrects the books', async () => {
    await deposit(books, 'C-1001', 5n);
    const other = await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const asked = async (journal: bigint) =>
      proposeClosing(signer(ada), { ...(await target()), text, journal: journal.toString() }, web);
    expect(await asked(other.id)).toMatchObject({ refusal: { code: 'no-correction' } });
    const correction = await raiseAndApprove(
      [signer(ada), signer(ben)],
      {
        lines: [
          { account: 'client/C-1001/SOL', amount: 1n },
          { account: 'suspense/deposits/SOL', amount: -1n },
        ],
        corrects: other.id,
      },
      web,
    );
    valueOf(await asked(correction));
    valueOf(await acceptClosing(signer(ben), await target(), web));
    expect(await rowNow()).toMatchObject({ state: 'closed', closedBy: 'correction' });
  });

  it('is found by filters, a page at a time', async () => {
    const found = valueOf(await listBreaks(actor(ada), { cause: 'missing-in-ledger' }, web));
    expect(found.rows.map(({ sign }) => sign)).toContain('surplus');
    const none = valueOf(await listBreaks(actor(ada), { cause: 'reorg' }, web));
    expect(none.rows).toEqual([]);
    expect(valueOf(await listBreaks(actor(ada), { cause: '"; drop' }, web))).toMatchObject({
      rows: [],
      problem: expect.stringContaining('no cause called'),
    });
  });
});

describe('the database', () => {
  const propose = async () =>
    valueOf(await proposeClosing(signer(ada), { ...(await target()), text, journal: null }, web));
  /** What a console in hostile hands might send in one transaction. */
  const forge = async (data: object, event: { what: string; actor: string } | null) => {
    const { id, revision } = await rowNow();
    return inTransaction(books.web, async (tx) => {
      await tx.breakRecord.update({ where: { id }, data: { ...data, revision: revision + 1 } });
      if (event)
        await tx.breakEvent.create({
          data: {
            breakId: id,
            revision: revision + 1,
            at: web.clock(),
            facts: {},
            ...event,
          },
        });
    });
  };
  const closed = () => ({ state: 'closed', closedBy: 'explanation', closedAt: web.clock() });

  it('refuses that one person closes a break, in whatever form they try it', async () => {
    const me = actor(ada).personId;
    await propose();
    await expect(
      forge(
        { ...closed(), acceptedBy: actor(ben).personId },
        { what: 'accepted', actor: actor(ben).personId },
      ),
      'whoever is named, without their signature',
    ).rejects.toThrow(/is signed/);
    await expect(
      forge({ ...closed(), acceptedBy: me }, { what: 'accepted', actor: me }),
    ).rejects.toThrow(/two_people/);
    await expect(
      forge({ ...closed(), acceptedBy: actor(ben).personId }, { what: 'accepted', actor: me }),
    ).rejects.toThrow(/two people close it/);
    await expect(forge({ ...closed(), acceptedBy: actor(ben).personId }, null)).rejects.toThrow(
      /is not recorded/,
    );
    await expect(
      forge(
        { ...closed(), proposedBy: actor(ben).personId, acceptedBy: me },
        { what: 'accepted', actor: me },
      ),
    ).rejects.toThrow(/people do not move it so/);
  });

  it('refuses that the web server says what only a run can', async () => {
    await expect(
      forge(
        { state: 'closed', closedBy: 'match', closedAt: web.clock() },
        { what: 'commented', actor: actor(ada).personId },
      ),
    ).rejects.toThrow(/people do not move it so/);
    await expect(forge({}, { what: 'matched', actor: 'worker' })).rejects.toThrow(
      /written by who did it|permission denied|break_event_run/,
    );
  });
});
