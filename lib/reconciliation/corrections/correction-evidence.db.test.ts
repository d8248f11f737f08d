import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admit,
  enrol,
  signIn,
  testContext,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findStatementFault } from '#lib/protocol/check-correction.ts';
import { verifyCorrection } from '#lib/verify/verify-correction.ts';
import { checkFile } from '#scripts/verify-correction/check-file.ts';
import { documentOf } from './correction-row.ts';
import { viewEvidence } from './view-evidence.ts';
import { approve, credit, debit, raise, type Signer } from './testing/press-correction.ts';

const client = 'client/C-1001/SOL';
const suspense = 'suspense/deposits/SOL';

let books: Books;
let web: TestContext;
let [ada, ben]: Signer[] = [];
const signer = (one: Signer | undefined): Signer => {
  if (!one) throw new Error('Nobody is there.');
  return one;
};
const idOf = (one: Signer | undefined): string => signer(one).actor.personId;

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
  await deposit(books, null, 100n);
});
afterAll(() => closeBooks(books));

const raised = async () =>
  valueOf(
    await raise(
      signer(ada),
      { lines: [debit(suspense, '0.00000001'), credit(client, '0.00000001')] },
      web,
    ),
  ).correction;
const rowOf = (id: string) =>
  books.owner.ledgerCorrection.findUniqueOrThrow({
    where: { id },
    include: { events: { orderBy: { id: 'asc' }, include: { statement: true } } },
  });

describe('what is kept of a correction', () => {
  it('proves later who raised and who approved exactly it, and nothing else', async () => {
    const id = await raised();
    valueOf(await approve(signer(ben), id, web));
    const row = await rowOf(id);
    const document = documentOf(row);
    const { origin, rpId } = web.settings;
    for (const [index, decision, person] of [
      [0, 'raise', idOf(ada)],
      [1, 'approve', idOf(ben)],
    ] as const) {
      const kept = row.events[index]?.statement;
      if (!kept) throw new Error('A statement is missing.');
      const credential = await books.owner.credential.findUniqueOrThrow({
        where: { id: kept.credentialId },
      });
      const statement = { text: kept.document, assertion: kept.assertion, credential };
      const wanted = { document, decision, person, origin, rpId };
      expect(findStatementFault(statement, wanted)).toBeNull();
      const other = { ...document, lines: document.lines.toReversed() };
      expect(findStatementFault(statement, { ...wanted, document: other })).toBe(
        'statement-of-another-correction',
      );
      expect(findStatementFault(statement, { ...wanted, person: 'p-aaaaaaaaaa' })).toBe(
        'statement-of-another-person',
      );
      const swapped = decision === 'raise' ? 'approve' : 'raise';
      expect(findStatementFault(statement, { ...wanted, decision: swapped })).toBe(
        'statement-of-another-correction',
      );
    }
  });

  it('leaves as one file that is checked with nothing else', async () => {
    const id = await raised();
    const fileOf = async () =>
      JSON.parse(valueOf(await viewEvidence(signer(ada).actor, id, web)).text) as unknown;
    expect(verifyCorrection(await fileOf())).toMatchObject({ ok: true, approved: null });
    const { journal } = valueOf(await approve(signer(ben), id, web));
    expect(verifyCorrection(await fileOf())).toMatchObject({
      ok: true,
      raised: { person: idOf(ada) },
      approved: { person: idOf(ben) },
      journal,
    });
    const bytes = Buffer.from(JSON.stringify(await fileOf()));
    expect(checkFile({ name: 'a.json', bytes })).toMatchObject({ holds: true });
    expect(checkFile({ name: 'a.json', bytes: bytes.subarray(1) })).toMatchObject({ holds: false });
  });

  it('is asked again at approval: a raise that does not verify is not approved', async () => {
    const id = await raised();
    const { raisedBy } = await rowOf(id);
    // Somebody with the database in hand puts another key under the raiser’s name.
    const credential = await books.owner.credential.findFirstOrThrow({
      where: { operatorId: raisedBy },
    });
    const foreign = await books.owner.credential.findFirstOrThrow({
      where: { operatorId: idOf(ben) },
    });
    const put = (publicKey: Uint8Array) =>
      books.owner.$executeRaw`
        update credential set public_key = ${Buffer.from(publicKey)} where id = ${credential.id}`;
    await put(foreign.publicKey);
    expect(await approve(signer(ben), id, web)).toMatchObject({
      refusal: { code: 'raise-not-proved' },
    });
    await put(credential.publicKey);
  });
});

describe('the database', () => {
  const approval = async (id: string, actor: string) => ({
    correctionId: id,
    what: 'approved',
    actor,
    at: web.clock(),
  });

  it('posts nothing that two people have not signed', async () => {
    const id = await raised();
    const post = (approver: string) =>
      books.web.$queryRaw<{ status: string }[]>`
        select status from ledger_post_correction(${id}::uuid, ${approver}, ${'ab'.repeat(32)},
          now(), '\\x00'::bytea, '\\x00'::bytea)`;
    expect(await post(idOf(ben))).toEqual([{ status: 'not_signed' }]);
    expect(await post(idOf(ada))).toEqual([{ status: 'not_signed' }]);
  });

  it('keeps who raised it from approving it, and an approval from standing without its statement', async () => {
    const id = await raised();
    const journal = await books.owner.journal.findFirstOrThrow({ where: { kind: 'correction' } });
    const end = (by: string, event: boolean) =>
      inTransaction(books.web, async (tx) => {
        await tx.ledgerCorrection.update({
          where: { id },
          data: { state: 'approved', endedBy: by, endedAt: web.clock(), journal: null },
        });
        if (event) await tx.ledgerCorrectionEvent.create({ data: await approval(id, by) });
      });
    await expect(end(idOf(ben), true)).rejects.toThrow(/ledger_correction_ends/);
    const withJournal = (by: string, event: boolean) =>
      inTransaction(books.web, async (tx) => {
        await tx.ledgerCorrection.update({
          where: { id },
          data: { state: 'approved', endedBy: by, endedAt: web.clock(), journal: journal.id },
        });
        if (event) await tx.ledgerCorrectionEvent.create({ data: await approval(id, by) });
      });
    await expect(withJournal(idOf(ada), true)).rejects.toThrow(/two_people|journal/);
    await expect(withJournal(idOf(ben), true)).rejects.toThrow(/approved by a signature|journal/);
    await expect(withJournal(idOf(ben), false)).rejects.toThrow(/is not recorded|journal/);
  });

  it('lets nobody change what was raised, nor record a step that did not happen', async () => {
    const id = await raised();
    await expect(
      books.owner.ledgerCorrection.update({
        where: { id },
        data: { expiresAt: new Date(Date.now() + 86_400_000_000) },
      }),
    ).rejects.toThrow(/stays what it is|copies/);
    await expect(
      books.web.ledgerCorrectionEvent.create({
        data: {
          correctionId: id,
          what: 'declined',
          actor: idOf(ben),
          at: web.clock(),
        },
      }),
    ).rejects.toThrow(/without its step/);
  });
});
