import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admit,
  enrol,
  signIn,
  testContext,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { asset, deposit, openBooks, vault, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { applyDifferences } from '../breaks/apply-differences.ts';
import { compare } from '../matching/compare.ts';
import { inputsOf, itemOf } from '../matching/testing/make-inputs.ts';
import { acceptClosing, proposeClosing } from '../testing/press-closing.ts';
import { recordedRun } from '../testing/recorded-run.ts';
import { forgeCorrection } from './testing/forge-correction.ts';
import { approve, credit, debit, raise, type Signer } from './testing/press-correction.ts';

const warm = `vault/${vault}/${asset}`;
const suspense = `suspense/deposits/${asset}`;

let books: Books;
let web: TestContext;
let people: readonly [Signer, Signer];

beforeAll(async () => {
  books = await openBooks([]);
  web = testContext(books.web);
  const signedIn = async (displayName: string): Promise<Signer> => {
    const person = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, person);
    return { actor: (await signIn(web, person)).actor, key: person.key };
  };
  people = [await signedIn('Ada Hofmann'), await signedIn('Ben Okafor')];
  await deposit(books, null, 1_000n);
});
afterAll(() => books.database.drop());

let turn = 0;

/** A run that finds one transaction of so much that the books do not have. */
async function runFinding(amount: bigint) {
  web.passTime(1_000);
  const txid = `tx-${turn}`;
  const items = amount === 0n ? [] : [itemOf(txid, amount, { transaction: txid })];
  const inputs = { ...inputsOf('chain', [], items), at: web.clock().toISOString() };
  const run = await recordedRun(books.worker, inputs);
  await inTransaction(books.worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
  return books.owner.breakRecord.findFirstOrThrow({ where: { subject: `transaction:${txid}` } });
}
const newBreak = (amount: bigint) => {
  turn += 1;
  return runFinding(amount);
};
type Break = Awaited<ReturnType<typeof runFinding>>;

const lines = [
  { account: warm, amount: 7n },
  { account: suspense, amount: -7n },
];
/** A correction in two people’s names that is posted, and leaves its break as it is. */
const posted = (answered: Break | null) =>
  forgeCorrection(
    people,
    {
      lines,
      keys: [people[0].key, people[1].key],
      break: answered && { id: answered.id, number: answered.number, content: answered.content },
    },
    web,
  );

type Said = { correction: string; journal: bigint };

/** What a web server in hostile hands might send to close a break by a correction. */
const close = (
  { id, revision }: Break,
  { correction, journal }: Said,
  row: { proposedHow?: string; proposedJournal?: bigint | null } = {},
) =>
  inTransaction(books.web, async (tx) => {
    const [one, other] = people.map(({ actor }) => actor.personId) as [string, string];
    const proposedHow = row.proposedHow ?? 'correction';
    const facts = { how: 'correction', journal: journal.toString(), correction };
    const at = new Date();
    await tx.breakRecord.update({
      where: { id },
      data: {
        state: 'proposed',
        proposedBy: one,
        proposedHow,
        proposedJournal: row.proposedJournal === undefined ? journal : row.proposedJournal,
        revision: revision + 1,
      },
    });
    await tx.breakEvent.create({
      data: { breakId: id, revision: revision + 1, what: 'proposed', actor: one, at, facts },
    });
    await tx.breakRecord.update({
      where: { id },
      data: {
        state: 'closed',
        closedBy: proposedHow,
        closedAt: at,
        acceptedBy: other,
        revision: revision + 2,
      },
    });
    await tx.breakEvent.create({
      data: { breakId: id, revision: revision + 2, what: 'accepted', actor: other, at, facts },
    });
  });
const stateOf = async (writing: Promise<unknown>) =>
  sqlStateOf(await writing.catch((error: unknown) => error));

describe('a break', () => {
  it('is closed by the approved correction that answers it', async () => {
    const found = await newBreak(7n);
    await close(found, await posted(found));
    expect(await books.owner.breakRecord.findUnique({ where: { id: found.id } })).toMatchObject({
      state: 'closed',
      closedBy: 'correction',
    });
  });

  it('is not closed in another way, nor by another journal, than the correction says', async () => {
    const found = await newBreak(7n);
    const said = await posted(found);
    const other = await posted(null);
    expect(
      await stateOf(close(found, said, { proposedHow: 'explanation', proposedJournal: null })),
    ).toBe('CS002');
    expect(await stateOf(close(found, said, { proposedJournal: other.journal }))).toBe('CS002');
    expect(await stateOf(close(found, { ...said, journal: other.journal }))).toBe('CS002');
    expect(await stateOf(close(found, other)), 'one that answers no break').toBe('CS002');
    await close(found, said);
  });

  it('is not closed by a correction of what it was before', async () => {
    const found = await newBreak(7n);
    const said = await posted(found);
    expect(await stateOf(close(await runFinding(8n), said))).toBe('CS002');
  });

  it('that is opened again is not closed again by the same correction', async () => {
    const found = await newBreak(7n);
    const { correction } = valueOf(
      await raise(
        people[0],
        { lines: [debit(warm, '0.000000007'), credit(suspense, '0.000000007')], break: found.id },
        web,
      ),
    );
    const { journal } = valueOf(await approve(people[1], correction, web));
    await runFinding(8n);
    const again = await runFinding(7n);
    expect(again).toMatchObject({ state: 'open', content: found.content });
    expect(await stateOf(close(again, { correction, journal: BigInt(journal ?? 0) }))).toBe(
      '23505',
    );
  });

  it('is not closed in another way than both signed', async () => {
    const found = await newBreak(7n);
    const target = async () => {
      const { id, revision } = await books.owner.breakRecord.findUniqueOrThrow({
        where: { id: found.id },
      });
      return { id, revision };
    };
    const { journal } = await posted(null);
    // The row is made to say something else in the very transaction that keeps the signed statement.
    await books.owner.$executeRawUnsafe(`
      create function say_otherwise() returns trigger language plpgsql as $$
      begin
        new.proposed_how := 'correction'; new.proposed_journal := ${journal};
        return new;
      end $$;`);
    await books.owner.$executeRawUnsafe(`
      create trigger a_hostile_hand before update on break_record for each row
        when (new.state = 'proposed' and old.state = 'open') execute function say_otherwise()`);
    const signed = { ...(await target()), text: 'A transfer of our own.', journal: null };
    expect(await stateOf(proposeClosing(people[0], signed, web))).toBe('CS002');
    await books.owner.$executeRawUnsafe('drop trigger a_hostile_hand on break_record');
    valueOf(await proposeClosing(people[0], { ...signed, ...(await target()) }, web));
    valueOf(await acceptClosing(people[1], await target(), web));
  });
});
