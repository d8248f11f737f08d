import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admit,
  enrol,
  signIn,
  testContext,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { correctionKey, postCorrection } from '#lib/ledger/post-correction.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { asset, deposit, openBooks, vault, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { documentOf } from './correction-row.ts';
import { raise, type Signer } from './testing/press-correction.ts';
import { raiseAndApprove } from './testing/raise-and-approve.ts';

const lines = (amount: bigint) => [
  { account: `suspense/deposits/${asset}`, amount },
  { account: `client/C-1001/${asset}`, amount: -amount },
];

let books: Books;
let web: TestContext;
let people: readonly [Signer, Signer];

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  web = testContext(books.web);
  const signedIn = async (displayName: string): Promise<Signer> => {
    const person = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, person);
    return { actor: (await signIn(web, person)).actor, key: person.key };
  };
  people = [await signedIn('Ada Hofmann'), await signedIn('Ben Okafor')];
  await deposit(books, null, 1_000n);
});
// The last test leaves a journal that is wrong on purpose.
afterAll(() => books.database.drop());

const corrections = () => books.owner.journal.count({ where: { kind: 'correction' } });
const newest = () => books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });

/** What a worker in hostile hands might send. */
const postAsWorker = (key: string, corrects: bigint | null) =>
  inTransaction(books.worker, (tx) =>
    postJournal(tx, {
      key,
      kind: 'correction',
      operation: null,
      usesHold: false,
      lines: lines(7n),
      corrects,
      at: new Date(),
    }),
  );
const stateOf = async (posting: Promise<unknown>) =>
  sqlStateOf(await posting.catch((error: unknown) => error));

describe('a journal of the kind correction', () => {
  it('stands with its approved correction', async () => {
    const journal = await raiseAndApprove(people, { lines: lines(5n) }, web);
    expect(await books.owner.ledgerCorrection.findUnique({ where: { journal } })).toMatchObject({
      state: 'approved',
    });
    expect(await findLedgerFaults(books.owner)).toEqual([]);
  });

  it('is refused to the worker, under whatever key and whether it names a journal or not', async () => {
    const before = await corrections();
    const { id } = await newest();
    const waiting = valueOf(
      await raise(
        people[0],
        {
          lines: [
            { account: `suspense/deposits/${asset}`, side: 'debit', amount: '0.000000007' },
            { account: `client/C-1001/${asset}`, side: 'credit', amount: '0.000000007' },
          ],
        },
        web,
      ),
    );
    for (const [key, corrects] of [
      ['correction:by-hand', id],
      [`deposit:solana:sandbox:some:${vault}`, id],
      [correctionKey(randomUUID()), null],
      // Raised, with these very lines, and approved by nobody.
      [correctionKey(waiting.correction), null],
    ] as const)
      expect(await stateOf(postAsWorker(key, corrects))).toBe('CS002');
    expect(await corrections()).toBe(before);
  });

  it('is refused to the web server while its correction is not approved in the same transaction', async () => {
    const posting = inTransaction(books.web, async (tx) => {
      const row = await tx.ledgerCorrection.findFirstOrThrow({ where: { state: 'waiting' } });
      const document = JSON.stringify({
        correction: row.id,
        digest: row.digest,
        person: people[1].actor.personId,
        decision: 'approve',
      });
      const event = await tx.ledgerCorrectionEvent.create({
        data: {
          correctionId: row.id,
          what: 'approved',
          actor: people[1].actor.personId,
          at: new Date(),
        },
        select: { id: true },
      });
      await tx.ledgerCorrectionStatement.create({
        data: { eventId: event.id, document, assertion: {}, credentialId: 'made-up' },
        select: { eventId: true },
      });
      const { lines: signed, corrects } = documentOf(row);
      const approver = people[1].actor.personId;
      const toPost = { correction: row.id, approver, lines: signed, corrects, at: new Date() };
      valueOf(await postCorrection(tx, toPost));
    });
    expect(await stateOf(posting)).toBe('CS002');
  });

  it('that got into the books past all of this is named by the check of the books', async () => {
    const { journal } = await books.owner.$transaction(async (tx) => {
      await tx.$executeRaw`alter table journal disable trigger approved`;
      const posted = await postJournal(tx, {
        key: 'correction:past-the-guard',
        kind: 'correction',
        operation: null,
        usesHold: false,
        lines: lines(1n),
        corrects: (await newest()).id,
        at: new Date(),
      });
      await tx.$executeRaw`set constraints all immediate`;
      await tx.$executeRaw`alter table journal enable always trigger approved`;
      return valueOf(posted);
    });
    expect(await findLedgerFaults(books.owner)).toEqual([
      `1 corrections that nobody raised and approved, such as journal ${journal}`,
    ]);
  });
});
