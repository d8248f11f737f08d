import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { Policy, PolicyRule } from '#lib/protocol/policy.ts';
import { openAfterGenesis, type AfterGenesis } from '../testing/after-genesis.ts';
import { loadTrust, type Trust } from '../trust.ts';
import { beginDraft } from './begin-draft.ts';
import { dryRun } from './dry-run.ts';
import { saveDraft } from './save-draft.ts';
import { openPast, writePast, type PastWithdrawal } from './testing/past.ts';

const sol = 1_000_000_000n;

let desk: AfterGenesis;
let trust: Trust;
let ids: string[];
const past: PastWithdrawal[] = [1, 2].map((day) => ({
  raisedAt: new Date(`2026-11-0${day}T12:00:00.000Z`),
  signedAt: new Date(`2026-11-0${day}T12:05:00.000Z`),
  client: 'C-1001',
  destination: 'dest-0',
  amount: 5n * sol,
}));

beforeAll(async () => {
  desk = await openAfterGenesis();
  await openPast(desk.owner, [{ id: 'dest-0', client: 'C-1001' }]);
  ids = await writePast(desk.owner, past);
  const loaded = await loadTrust(desk.context.db);
  if (!loaded) throw new Error('There is no policy.');
  trust = loaded;
});
afterAll(() => desk.database.drop());

const ahead = (when: Partial<PolicyRule['when']>): Policy => ({
  ...trust.policy,
  rules: [
    {
      id: 'new',
      name: 'New',
      when: { kinds: ['withdrawal'], ...when },
      outcome: { effect: 'deny', reason: 'it is tried' },
    },
    ...trust.policy.rules,
  ],
});

describe('a dry run', () => {
  const madeUp = {
    kind: 'withdrawal',
    asset: 'SOL',
    amount: '2.5',
    vault: 'warm-1',
    client: 'C-1001',
    destination: { class: 'exchange', listedDays: 3, firstUse: true },
    eur: '',
    risk: null,
    standing: null,
    shortfall: '',
    spent: '',
    at: '2026-03-04T12:00:00.000Z',
  };
  const ask = (input: unknown) => dryRun(desk.founders[0].actor, input, desk.context);

  async function draftOf(policy: Policy): Promise<string> {
    const [{ actor }] = desk.founders;
    const { id } = valueOf(await beginDraft(actor, { name: 'Dry run' }, desk.context));
    const document = JSON.stringify(policy);
    const input = { id, revision: 1, baseVersion: 1, document };
    valueOf(await saveDraft(actor, input, desk.context));
    return id;
  }

  it('names the deciding rule, and the first unmet condition of each rule before it', async () => {
    const draft = await draftOf(ahead({ destinationYoungerThan: 86_400 }));
    const result = valueOf(await ask({ draft, of: { what: 'made-up', operation: madeUp } }));
    expect(result.draft).toMatchObject({
      decider: 'Rule 6, “Withdrawals: one approver, one co-signer”',
      lines: ['One approver of Control.', 'One co-signer of Custody.'],
      notAsked: 10,
    });
    expect(result.draft?.trace).toEqual([
      {
        place: 1,
        name: 'New',
        what: 'passes',
        condition: 'to an address listed less than 1 day ago',
        fact: 'listed 3 days before',
      },
      {
        place: 2,
        name: 'Withdrawals above 1,000 SOL: two approvers',
        what: 'passes',
        condition: 'above 1,000 SOL',
        fact: '2.5 SOL',
      },
      ...['2 BTC', '50 ETH', '150,000 EURC'].map((bound, at) => ({
        place: at + 3,
        name: `Withdrawals above ${bound}: two approvers`,
        what: 'passes',
        condition: `of ${bound.split(' ')[1]}`,
        fact: 'SOL',
      })),
      {
        place: 6,
        name: 'Withdrawals: one approver, one co-signer',
        what: 'decides',
        condition: null,
        fact: null,
      },
    ]);
    expect(result.shift).toBeNull();
    expect(result.facts.map(({ term }) => term)).toEqual([
      'Kind',
      'Amount',
      'Value',
      'Vault',
      'Tier',
      'Client',
      'Destination',
      'Risk',
      'Standing',
      'Missing',
      'Left in 24 h',
      'Time',
    ]);
  });

  it('says that a rule can’t be answered where a fact is missing, and refuses', async () => {
    const draft = await draftOf(ahead({ risks: ['high'] }));
    const result = valueOf(await ask({ draft, of: { what: 'made-up', operation: madeUp } }));
    expect(result.draft).toMatchObject({
      decider: 'A fact that is missing or too old',
      trace: [{ what: 'unanswered', fact: 'not known' }],
    });
    expect(result.shift).toBe('refused');
    const known = { ...madeUp, risk: 'high' };
    const other = valueOf(await ask({ draft, of: { what: 'made-up', operation: known } }));
    expect(other.draft?.decider).toBe('Rule 1, “New”');
  });

  it('asks what is missing against the books, and takes what is made up for it', async () => {
    const draft = await draftOf(ahead({ assets: ['SOL'], shortfallAbove: '1000000000' }));
    const run = async (shortfall: string) =>
      valueOf(await ask({ draft, of: { what: 'made-up', operation: { ...madeUp, shortfall } } }));
    const silent = await run('');
    expect(silent.draft).toMatchObject({
      decider: 'A fact that is missing or too old',
      trace: [{ what: 'unanswered', fact: 'not known' }],
    });
    const little = await run('1');
    expect(little.draft?.trace[0]).toMatchObject({
      what: 'passes',
      condition: 'while more than 1 SOL is missing unexplained',
      fact: '1 SOL missing',
    });
    expect(little.facts.find(({ term }) => term === 'Missing')).toMatchObject({
      value: '1 SOL missing',
      source: 'made up by you',
    });
    const much = await run('1.000000001');
    expect(much).toMatchObject({ shift: 'refused', draft: { decider: 'Rule 1, “New”' } });
  });

  it('judges an operation of the past by the facts of its day', async () => {
    const draft = await draftOf(ahead({ firstUse: true }));
    const number = 'wd-2020-000001';
    const result = valueOf(await ask({ draft, of: { what: 'past', number } }));
    expect(result).toMatchObject({
      operation: { id: ids[0], number: 'WD-2020-000001' },
      shift: 'refused',
      draft: { decider: 'Rule 1, “New”' },
    });
    expect(result.facts.at(-1)).toMatchObject({ at: past[0]?.raisedAt.toISOString() });
  });

  it('says a cap before any rule', async () => {
    const of = { what: 'made-up', operation: { ...madeUp, amount: '5000.000000001' } };
    const result = valueOf(await ask({ draft: null, of }));
    expect(result).toMatchObject({ draft: null, inForce: { decider: 'A cap', trace: [] } });
  });

  it.each([
    ['an amount that would be rounded', { amount: '1.0000000001' }, '9 decimals'],
    ['no asset', { asset: null }, 'Choose an asset.'],
    ['no amount', { amount: '' }, 'Enter an amount.'],
  ])('refuses %s', async (_name, change, sentence) => {
    const of = { what: 'made-up', operation: { ...madeUp, ...change } };
    expect(await ask({ draft: null, of })).toMatchObject({
      refusal: { sentence: expect.stringContaining(sentence) },
    });
  });

  it('refuses a number that nobody has', async () => {
    expect(await ask({ draft: null, of: { what: 'past', number: 'WD-1' } })).toMatchObject({
      refusal: { code: 'operation-unknown' },
    });
  });

  it('counts what left before in every window a rule looks at', async () => {
    const draft = await draftOf(
      ahead({
        assets: ['SOL'],
        velocity: { scope: 'vault', hours: 24, above: (100n * sol).toString() },
      }),
    );
    const of = (spent: string) => ({ what: 'made-up', operation: { ...madeUp, spent } });
    const below = valueOf(await ask({ draft, of: of('97.5') }));
    expect(below.draft?.trace[0]).toMatchObject({
      what: 'passes',
      fact: '100 SOL from the same vault with it',
    });
    expect(valueOf(await ask({ draft, of: of('97.500000001') })).shift).toBe('refused');
  });

  it('asks about other kinds without what they have not', async () => {
    const of = { what: 'made-up', operation: { ...madeUp, kind: 'policy-change' } };
    const result = valueOf(await ask({ draft: null, of }));
    expect(result.facts.map(({ term }) => term)).toEqual(['Kind', 'Time']);
    expect(result.inForce.lines).toEqual(['One approver of Control.', 'One co-signer of Custody.']);
  });
});
