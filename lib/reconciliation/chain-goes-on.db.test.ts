import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { reverseDeposit } from '#lib/ledger/deposits/reverse-deposit.ts';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { arrivalOf, chainName, see } from '#lib/ledger/testing/chain-books.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import { decisionToReadAnew } from '#lib/operations/execution/deposits/read-anew.ts';
import { credit, reverse } from '#lib/operations/execution/deposits/take-deposit.ts';
import { prepareChainDecision } from '#lib/operations/prepare-chain-decision.ts';
import { submitChainDecision } from '#lib/operations/submit-chain-decision.ts';
import type { Founder } from '#lib/operations/testing/after-genesis.ts';
import {
  decideAsShown,
  formAsShown,
  proveDecisions,
  signDecision,
} from '#lib/operations/testing/decide-as-shown.ts';
import { viewDecisions } from '#lib/operations/view-decisions.ts';
import { withdrawChainWord } from '#lib/operations/withdraw-chain-word.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { waitingLocks } from '#lib/platform/db/testing/waiting-locks.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { adoptRosterOfAll } from '#scripts/verify-signed/testing/adopt-roster.ts';
import { inputsOf } from './matching/testing/make-inputs.ts';
import { recordedRun } from './testing/recorded-run.ts';

const chain = 'solana:sandbox';
const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
let books: Books;
let ahead = 0;
let lost = 0;
let context: ReturnType<typeof testContext>;
let people: Readonly<Record<'ada' | 'ben' | 'cem', Founder>>;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  context = { ...testContext(books.web), clock: () => new Date(Date.now() + ahead) };
  const officer = async (displayName: string): Promise<Founder> => {
    const enrolled = await enrol(context, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  people = {
    ada: await officer('Ada Hofmann'),
    ben: await officer('Ben Okafor'),
    cem: await officer('Cem Aydin'),
  };
  await adoptRosterOfAll(books.owner);
  // The clock of these tests runs ahead of the database's by hours.
  await books.owner
    .$executeRaw`create or replace function is_not_ahead(at timestamptz) returns boolean
    language sql volatile as 'select coalesce(at <= clock_timestamp() + interval ''60 days'', false)'`;
});
afterAll(() => closeBooks(books));

const worker = () => ({ db: books.worker, clock: context.clock });
const hold = (on: string, detail: string) =>
  inTransaction(books.worker, (tx) =>
    holdAsset(tx, { chain: on, asset: null, reason: 'chain-reorganised', detail }, context.clock()),
  );
const decide = (by: keyof typeof people, kind: string, on = chain) =>
  decideAsShown(people[by], { chain: on, kind }, context);
/** As the worker does each second. */
const prove = () => proveDecisions(worker());
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
  const name = { ...chainName(`taken-back-${(lost += 1)}`), chain };
  const arrival = { ...arrivalOf(name, 'C-1001', 5n), asset: 'SOL' };
  await see(books, arrival);
  await credit(worker(), name);
  ahead += 10;
  await reverse(worker(), name, { height: arrival.height, hash: arrival.blockHash });
  ahead += 10;
}

it('no token that anybody can send keeps a chain from going on', async () => {
  await compared();
  await compared('UNKA2B3C4D5E');
  await hold(chain, 'settlement-undone');
  await compared();
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('asked');
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('signed');
  await prove();
  expect(await isHeld()).toBe(false);
});

it('what is lost while it stands still is compared before, and is nothing that earlier words speak of', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  valueOf(await decide('ada', 'go-on'));
  const asked = await formAsShown({ chain, kind: 'go-on' }, context);
  await loseDeposit();
  expect(await signDecision(people.ben, asked, context)).toMatchObject({
    refusal: { code: 'page-outdated' },
  });
  expect(await decide('ben', 'go-on')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  await compared();
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('asked');
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('signed');
  await prove();
  expect(await isHeld()).toBe(false);
});

it('what is lost after both have signed and before the worker has looked is nothing that their words let go', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  for (const by of ['ada', 'ben'] as const) valueOf(await decide(by, 'go-on'));
  await loseDeposit();
  await prove();
  expect(await isHeld()).toBe(true);
  await compared();
  await prove();
  expect(await isHeld(), 'compared since').toBe(true);
  for (const by of ['cem', 'ben'] as const) valueOf(await decide(by, 'go-on'));
  await prove();
  expect(await isHeld()).toBe(false);
});

it('a word that was signed before a loss says nothing of it, and is not taken', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  const form = await formAsShown({ chain, kind: 'go-on' }, context);
  const { nonce, options } = valueOf(await prepareChainDecision(people.ada.actor, form, context));
  const { origin } = context.settings;
  const assertion = people.ada.key.assert({ challenge: options.challenge, origin });
  await loseDeposit();
  await compared();
  const outdated = { refusal: { code: 'page-outdated' } };
  expect(await submitChainDecision(people.ada.actor, { nonce, assertion }, context)).toMatchObject(
    outdated,
  );
  expect(await signDecision(people.ada, form, context), 'the page of then').toMatchObject(outdated);
});

it('a word is not taken by a server whose clock is so far off that the worker would not count it', async () => {
  const form = await formAsShown({ chain, kind: 'go-on' }, context);
  const { nonce, options } = valueOf(await prepareChainDecision(people.ada.actor, form, context));
  const { origin } = context.settings;
  const assertion = people.ada.key.assert({ challenge: options.challenge, origin });
  ahead -= 61_000;
  expect(await submitChainDecision(people.ada.actor, { nonce, assertion }, context)).toMatchObject({
    refusal: { code: 'other-time' },
  });
  ahead += 61_000;
});

it('words of a web server whose clock is behind the worker’s are about the loss that they name', async () => {
  ahead += 60_000;
  await loseDeposit();
  await compared();
  ahead -= 60_000;
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('asked');
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('signed');
  ahead += 60_000;
  await prove();
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
  const { nonce, options } = valueOf(await prepareChainDecision(people.ben.actor, form, context));
  const { origin } = context.settings;
  const assertion = people.ben.key.assert({ challenge: options.challenge, origin });
  ahead += 10;
  const { decided } = await inTransaction(books.worker, async (tx) => {
    const found = { chain, asset: null, reason: 'chain-reorganised' } as const;
    await holdAsset(tx, { ...found, detail: 'credited-deposit-gone' }, context.clock());
    const answer = submitChainDecision(people.ben.actor, { nonce, assertion }, context);
    await vi.waitFor(async () => expect(await waitingLocks(books.owner)).toBe(1), {
      timeout: 5_000,
    });
    valueOf(await reverseDeposit(tx, name, context.clock));
    return { decided: answer };
  });
  expect(await decided).toMatchObject({ refusal: { code: 'page-outdated' } });
  await compared();
  valueOf(await decide('ada', 'go-on'));
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('signed');
  await prove();
});

it('a place that can’t be compared is left out by two people who both have its name before them', async () => {
  await compared();
  await hold(chain, 'settlement-undone');
  expect(await decide('ada', 'go-on')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  const kind = 'go-on-uncompared';
  const shown = await formAsShown({ chain, kind }, context);
  expect(shown.places).toEqual(['SOL of warm-1']);
  expect(
    await signDecision(people.ada, { ...shown, places: ['SOL of warm-2'] }, context),
  ).toMatchObject({ refusal: { code: 'page-outdated' } });
  expect(valueOf(await signDecision(people.ada, shown, context)).state).toBe('asked');
  const holds = await standingHolds(books.web);
  const decisions = (await viewDecisions([chainFacts(chain)], holds, context)).get(chain);
  const view = decisions?.find((one) => one.kind === kind);
  expect(view?.asked?.places).toEqual(['SOL of warm-1']);
  expect(valueOf(await decide('ben', kind)).state).toBe('signed');
  await prove();
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
  expect(await signDecision(people.ada, all, context)).toMatchObject({
    refusal: { code: 'all-compared' },
  });
  valueOf(await signDecision(people.ada, empty, context));
  expect(await signDecision(people.ben, empty, context), 'asking once more').toMatchObject({
    refusal: { code: 'page-outdated' },
  });
});

it('the word of somebody who was suspended meanwhile no longer counts', async () => {
  const { personId: id } = people.ada.actor;
  await books.owner.operator.update({ where: { id }, data: { status: 'suspended' } });
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('asked');
  expect(await isHeld()).toBe(true);
  await books.owner.operator.update({ where: { id }, data: { status: 'active' } });
  expect(valueOf(await decide('cem', 'go-on')).state).toBe('signed');
  await prove();
});

it('somebody asks for themselves although another’s word waits, and either is agreed to', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  valueOf(await decide('ada', 'go-on'));
  ahead += 10;
  const waiting = await formAsShown({ chain, kind: 'go-on' }, context);
  const beside = await signDecision(people.cem, { ...waiting, isBeside: true }, context);
  expect(valueOf(beside).state).toBe('asked');
  const now = await formAsShown({ chain, kind: 'go-on' }, context);
  expect(now.decision).not.toBe(waiting.decision);
  expect(await signDecision(people.cem, { ...now, isBeside: true }, context)).toMatchObject({
    refusal: { code: 'same-person' },
  });
  const { personId: id } = people.cem.actor;
  await books.owner.operator.update({ where: { id }, data: { status: 'suspended' } });
  expect((await formAsShown({ chain, kind: 'go-on' }, context)).decision).toBe(waiting.decision);
  await books.owner.operator.update({ where: { id }, data: { status: 'active' } });
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('signed');
  await prove();
  expect(await isHeld()).toBe(false);
});

it('a first word is taken back by whoever said it, until somebody has agreed', async () => {
  await hold(chain, 'settlement-undone');
  await compared();
  valueOf(await decide('ada', 'go-on'));
  const form = await formAsShown({ chain, kind: 'go-on' }, context);
  const take = (by: keyof typeof people, { decision }: { decision: string | null }) =>
    withdrawChainWord(people[by].actor, { decision }, context);
  const outdated = { refusal: { code: 'page-outdated' } };
  expect(await take('ben', form)).toMatchObject(outdated);
  valueOf(await take('ada', form));
  expect(await take('ada', form)).toMatchObject(outdated);
  expect(await signDecision(people.ben, form, context)).toMatchObject(outdated);
  ahead += 10;
  expect(valueOf(await decide('ben', 'go-on')).state).toBe('asked');
  const next = await formAsShown({ chain, kind: 'go-on' }, context);
  expect(valueOf(await decide('ada', 'go-on')).state).toBe('signed');
  expect(await take('ben', next)).toMatchObject(outdated);
  await prove();
  expect(await isHeld()).toBe(false);
});

it('with more places to compare than one decision names, none is left out', async () => {
  const { owner } = books;
  await compared();
  // Made up past every rule, of a run that is on record and says another place.
  await owner.$executeRaw`alter table reconciliation_run drop constraint reconciliation_run_copies`;
  await inTransaction(owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`
      insert into vault (id, name, tier, chain, key_id, address)
        select 'hot-' || i, 'Hot', 'hot', ${chain}, 'key-hot-1', 'address-' || i
          from generate_series(1001, 3000) i`;
    await tx.$executeRaw`
      insert into reconciliation_run
        select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'place', 'hot-' || i))).*
          from reconciliation_run r, generate_series(1001, 3000) i
          where r.id = (select id from reconciliation_run order by at desc limit 1)`;
  });
  await hold(chain, 'settlement-undone');
  const kind = 'go-on-uncompared';
  const form = await formAsShown({ chain, kind }, context);
  expect(form.places).toHaveLength(2_001);
  for (const places of [form.places, form.places.slice(0, 2_000)])
    expect(await signDecision(people.ada, { ...form, places }, context)).toMatchObject({
      refusal: { code: 'too-many-places' },
    });
  await compared();
  expect(valueOf(await decide('ada', kind)).state, 'one less').toBe('asked');
  expect(valueOf(await decide('ben', kind)).state).toBe('signed');
  await prove();
  expect(await isHeld()).toBe(false);
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
  valueOf(await signDecision(people.ben, agreed, context));
  expect(await decisionToReadAnew(bitcoin, worker()), 'before it is proved').toBeNull();
  await prove();
  expect(await decisionToReadAnew(bitcoin, worker())).toBe(agreed.decision);
  const again = { ...agreed, decision: null };
  expect(await signDecision(people.ben, again, context)).toMatchObject({
    refusal: { code: 'read-anew-waits' },
  });
  ahead += 3_600_000;
  expect(await decisionToReadAnew(bitcoin, worker())).toBeNull();
  expect(valueOf(await signDecision(people.ada, again, context)).state).toBe('asked');
});

it('two people who let a chain go on let go of all that was found by then', async () => {
  valueOf(await decide('ada', 'go-on', bitcoin));
  valueOf(await decide('ben', 'go-on', bitcoin));
  expect(await isHeld(bitcoin), 'before it is proved').toBe(true);
  await prove();
  expect(await isHeld(bitcoin)).toBe(false);
  await hold(bitcoin, 'settlement-undone');
  expect(await isHeld(bitcoin)).toBe(true);
});

it('words from before keys signed them are offered to nobody, and keep nobody from asking', async () => {
  const newest = (await standingHolds(books.web)).findLast((one) => one.chain === bitcoin);
  const [said] = await books.owner.$queryRaw<{ rule: string }[]>`
    select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'chain_decision_signed'`;
  const { owner } = books;
  await owner.$executeRaw`alter table chain_decision disable trigger guarded`;
  await owner.$executeRaw`alter table chain_decision drop constraint chain_decision_signed`;
  const bare = { holdId: newest?.id ?? '', kind: 'go-on', firstBy: people.cem.actor.personId };
  await owner.chainDecision.create({
    data: { id: randomUUID(), ...bare, firstAt: context.clock() },
  });
  await owner.$executeRawUnsafe(
    `alter table chain_decision add constraint chain_decision_signed ${said?.rule ?? ''}`,
  );
  await owner.$executeRaw`alter table chain_decision enable trigger guarded`;
  ahead += 10;
  expect(valueOf(await decide('ada', 'go-on', bitcoin)).state).toBe('asked');
  expect(valueOf(await decide('ben', 'go-on', bitcoin)).state).toBe('signed');
});
