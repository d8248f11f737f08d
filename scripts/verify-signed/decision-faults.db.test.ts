/** Decisions in the registers of clients are proved by the keys that a roster gives, and nothing else is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { proposeLoss } from '#lib/clients/losses/decide-loss.ts';
import { recordLoss } from '#lib/clients/losses/record-loss.ts';
import { correctText } from '#lib/clients/register/correct-text.ts';
import {
  close,
  decideWithKey,
  fieldOf,
  openClientDesk,
  openOutflowIncident,
  type ClientDesk,
} from '#lib/clients/testing/desk.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { signedWatches } from '../worker/signed-watches.ts';
import { findDecisionFaults, withDecisions } from './decision-faults.ts';
import { findUnproved } from './find-unproved.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

const incident = 'INC-2026-900001';
let desk: ClientDesk;
let id: string;
beforeAll(async () => {
  desk = await openClientDesk(['C-1001']);
  const { people, context } = desk;
  await deposit(desk.books, 'C-1001', 600_000_000n);
  const at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
  await openOutflowIncident(desk, incident);
  const loss = {
    client: 'C-1001',
    asset: 'SOL',
    amount: '0.5',
    occurredAt: at,
    incident,
    price: '142.355',
    priceAt: at,
    source: 'Mean of three venues',
    subject: 'A transfer to a wrong address.',
  };
  ({ id } = valueOf(await recordLoss(people[0].actor, loss, context)));
  const proposal = {
    id,
    seen: '1',
    verdict: 'attributable',
    liability: '71.18',
    incident: '',
    reasons: 'It came by a fault of our own service.',
  };
  valueOf(await proposeLoss(people[0].actor, proposal, context));
  valueOf(await decideWithKey(people[1], { id, seen: '2', decision: 'accepted' }, context));
});
afterAll(() => closeBooks(desk.books));

const row = () =>
  desk.books.owner.registerCase.findUniqueOrThrow({ where: { id }, select: withDecisions });
type Row = Awaited<ReturnType<typeof row>>;
async function faultsOf(change: (row: Row) => Partial<Row> = () => ({})): Promise<string[]> {
  const [roster, stands] = await Promise.all([rosterOf(desk.books.owner), row()]);
  const found = await findDecisionFaults({ ...stands, ...change(stands) }, async () =>
    Promise.resolve({ rosters: [roster], ended: new Set() }),
  );
  return found.map(({ fault }) => fault);
}
/** The decision alone is changed. */
const decided = (change: object) => (stands: Row) => ({
  steps: stands.steps.map((step) => (step.step === 'accepted' ? { ...step, ...change } : step)),
});

it('a decision holds as it stands, and after a text of the case was corrected', async () => {
  expect(await faultsOf()).toEqual([]);
  const [ada] = desk.people;
  const text = {
    id,
    seq: '0',
    kind: 'subject',
    version: '1',
    text: 'A transfer to an address of somebody else.',
  };
  valueOf(await correctText(ada.actor, text, desk.context));
  expect((await row()).texts.some(({ version }) => version > 1)).toBe(true);
  expect(await faultsOf()).toEqual([]);
});

it('a decision is named with no press, one made up, another person, other facts or another text', async () => {
  expect(await faultsOf(decided({ signed: null }))).toEqual(['statement-missing']);
  const { steps } = await row();
  const signed = steps.find(({ step }) => step === 'accepted')?.signed;
  expect(await faultsOf(decided({ signed: { ...signed, assertion: {} } }))).toEqual([
    'signature-invalid',
  ]);
  const proposer = steps.find(({ step }) => step === 'proposed')?.actor;
  expect(await faultsOf(decided({ actor: proposer }))).toEqual(['key-unknown']);
  expect(await faultsOf(() => ({ facts: {} }))).toEqual(['says-another']);
  expect(await faultsOf(() => ({ texts: [] }))).toEqual(['says-another']);
  expect(
    await faultsOf(({ texts }) => ({ texts: texts.map((one) => ({ ...one, commitment: 'x' })) })),
  ).toEqual(['says-another']);
  const accepter = steps.find(({ step }) => step === 'accepted')?.actor ?? '';
  expect(
    await faultsOf(({ steps: all }) => ({
      steps: all.map((step) => (step.step === 'proposed' ? { ...step, actor: accepter } : step)),
    })),
  ).toEqual(['says-another']);
});

it('the command and the worker look at decisions, each with its own rights', async () => {
  const { owner, web, worker } = desk.books;
  expect(await findUnproved(web)).toMatchObject({
    decisions: 1,
    faults: [{ fault: 'roster-missing' }],
  });
  await adoptRosterOfAll(owner);
  expect(await findUnproved(web)).toMatchObject({ decisions: 1, faults: [] });
  for (const [, run] of signedWatches({ db: worker, clock: desk.context.clock })) await run();
  const check = { subject_id: { subject: 'decision', id } };
  expect(await owner.workerCheck.findUnique({ where: check })).toMatchObject({ faults: [] });
});
