import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { reverseDeposit } from '#lib/ledger/deposits/reverse-deposit.ts';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { arrivalOf, chainName, see } from '#lib/ledger/testing/chain-books.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import { decideOnChain } from '#lib/operations/decide-on-chain.ts';
import { decisionToReadAnew } from '#lib/operations/execution/deposits/read-anew.ts';
import { credit, reverse } from '#lib/operations/execution/deposits/take-deposit.ts';
import { decideAsShown, formAsShown } from '#lib/operations/testing/decide-as-shown.ts';
import { viewDecisions } from '#lib/operations/view-decisions.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { inputsOf } from './matching/testing/make-inputs.ts';
import { recordedRun } from './testing/recorded-run.ts';

const chain = 'solana:sandbox';
const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
let books: Books;
let ahead = 0;
let context: ReturnType<typeof testContext>;
let people: Readonly<Record<'ada' | 'ben' | 'cem', Actor>>;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  context = { ...testContext(books.web), clock: () => new Date(Date.now() + ahead) };
  const officer = async (displayName: string): Promise<Actor> => {
    const enrolled = await enrol(context, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, enrolled);
    return (await signIn(context, enrolled)).actor;
  };
  people = {
    ada: await officer('Ada Hofmann'),
    ben: await officer('Ben Okafor'),
    cem: await officer('Cem Aydin'),
  };
});
afterAll(() => closeBooks(books));

const worker = () => ({ db: books.worker, clock: context.clock });
const hold = (on: string, detail: string) =>
  inTransaction(books.worker, (tx) =>
    holdAsset(tx, { chain: on, asset: null, reason: 'chain-reorganised', detail }, context.clock()),
  );
const decide = (by: keyof typeof people, kind: string, on = chain) =>
  decideAsShown(people[by], { chain: on, kind }, context);
const isHeld = async (on = chain) =>
  (await standingHolds(books.web)).some((one) => one.chain === on);

async function compared(asset = 'SOL'): Promise<void> {
  ahead += 10;
  const inputs = { ...inputsOf('chain', [], []), asset, at: context.clock().toISOString() };
  await recordedRun(books.worker, inputs);
  ahead += 10;
}

/** As when the chain takes back a deposit that was credited. */
async function loseDeposit(): Promise<void> {
  const name = { ...chainName('taken-back'), chain };
  await see(books, { ...arrivalOf(name, 'C-1001', 5n), asset: 'SOL' });
  await credit(worker(), name);
  ahead += 10;
  await reverse(worker(), name);
  ahead += 10;
}

/** How many wait for a named lock of this database. */
async function waiting(): Promise<number> {
  const [row] = await books.owner.$queryRaw<{ found: number }[]>`
    select count(*)::int as found from pg_locks l join pg_database d on d.oid = l.database
      where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
  return row?.found ?? 0;
}

it('no token that anybody can send keeps a chain from going on', async () => {
  await compared();
  await compared('UNKA2B3C4D5E');
  await hold(chain, 'settlement-undone');
  await compared();
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('asked');
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('decided');
  expect(await isHeld()).toBe(false);
});

it('what is lost while it stands still is compared before, and is nothing that earlier words speak of', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  valueOf(await decide('ada', 'go-on'));
  const asked = await formAsShown({ chain, kind: 'go-on' }, context);
  await loseDeposit();
  expect(await decideOnChain(people.ben, asked, context)).toMatchObject({
    refusal: { code: 'page-outdated' },
  });
  expect(await decide('ben', 'go-on')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  await compared();
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('asked');
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('decided');
  expect(await isHeld()).toBe(false);
});

it('a second word waits for a loss that is being written down, and then no longer fits', async () => {
  const name = { ...chainName('taken-back-meanwhile'), chain };
  await see(books, { ...arrivalOf(name, 'C-1001', 5n), asset: 'SOL' });
  await credit(worker(), name);
  await hold(chain, 'settlement-undone');
  await compared();
  valueOf(await decide('ada', 'go-on'));
  const form = await formAsShown({ chain, kind: 'go-on' }, context);
  ahead += 10;
  const { decided } = await inTransaction(books.worker, async (tx) => {
    const found = { chain, asset: null, reason: 'chain-reorganised' } as const;
    await holdAsset(tx, { ...found, detail: 'credited-deposit-gone' }, context.clock());
    const answer = decideOnChain(people.ben, form, context);
    await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 5_000 });
    valueOf(await reverseDeposit(tx, name, context.clock()));
    return { decided: answer };
  });
  expect(await decided).toMatchObject({ refusal: { code: 'page-outdated' } });
  await compared();
  valueOf(await decide('ada', 'go-on'));
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('decided');
});

it('a place that can’t be compared is left out by two people who both have its name before them', async () => {
  await compared();
  await hold(chain, 'settlement-undone');
  expect(await decide('ada', 'go-on')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  const kind = 'go-on-uncompared';
  const shown = await formAsShown({ chain, kind }, context);
  expect(shown.places).toEqual(['SOL of warm-1']);
  expect(
    await decideOnChain(people.ada, { ...shown, places: ['SOL of warm-2'] }, context),
  ).toMatchObject({ refusal: { code: 'page-outdated' } });
  expect(valueOf(await decideOnChain(people.ada, shown, context)).state).toBe('asked');
  const holds = await standingHolds(books.web);
  const decisions = (await viewDecisions([chainFacts(chain)], holds, context)).get(chain);
  const view = decisions?.find((one) => one.kind === kind);
  expect(view?.asked?.places).toEqual(['SOL of warm-1']);
  expect(valueOf(await decide('ben', kind)).state).toBe('decided');
  expect(await isHeld()).toBe(false);
  const { leaf } = await books.web.auditEntry.findFirstOrThrow({
    where: { kind: 'chain-decided' },
    orderBy: { id: 'desc' },
  });
  expect(JSON.parse(Buffer.from(leaf).toString())).toMatchObject({
    facts: { kind, uncompared: 'SOL of warm-1' },
  });
});

it('nothing is left out where everything was compared, and no page from before agrees to what came since', async () => {
  await hold(chain, 'settlement-undone');
  const empty = await formAsShown({ chain, kind: 'go-on' }, context);
  await compared();
  const all = { ...empty, kind: 'go-on-uncompared', places: ['SOL of warm-1'] };
  expect(await decideOnChain(people.ada, all, context)).toMatchObject({
    refusal: { code: 'all-compared' },
  });
  valueOf(await decideOnChain(people.ada, empty, context));
  expect(await decideOnChain(people.ben, empty, context), 'asking once more').toMatchObject({
    refusal: { code: 'page-outdated' },
  });
});

it('the word of somebody who was suspended meanwhile no longer counts', async () => {
  const { personId: id } = people.ada;
  await books.owner.operator.update({ where: { id }, data: { status: 'suspended' } });
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('asked');
  expect(await isHeld()).toBe(true);
  await books.owner.operator.update({ where: { id }, data: { status: 'active' } });
  expect(valueOf(await decide('cem', 'go-on')).state).toBe('decided');
});

it('a chain is read anew where its ground was found lost, once for each time, within the hour', async () => {
  await hold(bitcoin, 'settlement-undone');
  expect(await decide('ada', 'read-anew', bitcoin)).toMatchObject({
    refusal: { code: 'ground-not-lost' },
  });
  await hold(bitcoin, 'checkpoint-gone');
  await hold(bitcoin, 'checkpoint-gone');
  expect((await standingHolds(books.web)).map(({ detail }) => detail)).toEqual([
    'settlement-undone',
    'checkpoint-gone',
  ]);
  valueOf(await decide('ada', 'read-anew', bitcoin));
  const agreed = await formAsShown({ chain: bitcoin, kind: 'read-anew' }, context);
  valueOf(await decideOnChain(people.ben, agreed, context));
  expect(await decisionToReadAnew(bitcoin, worker())).toBe(agreed.decision);
  const again = { ...agreed, decision: null };
  expect(await decideOnChain(people.ben, again, context)).toMatchObject({
    refusal: { code: 'read-anew-waits' },
  });
  ahead += 3_600_000;
  expect(await decisionToReadAnew(bitcoin, worker())).toBeNull();
  expect(valueOf(await decideOnChain(people.ada, again, context)).state).toBe('asked');
});

it('two people who let a chain go on let go of all that was found by then', async () => {
  valueOf(await decide('ada', 'go-on', bitcoin));
  valueOf(await decide('ben', 'go-on', bitcoin));
  expect(await isHeld(bitcoin)).toBe(false);
  await hold(bitcoin, 'settlement-undone');
  expect(await isHeld(bitcoin)).toBe(true);
});
