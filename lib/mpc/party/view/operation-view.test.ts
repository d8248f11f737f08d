import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { adopt, presentOperation } from '../../client/party-client.ts';
import {
  must,
  randomAddress,
  randomNonce,
  transferFor,
  type Vault,
} from '../../testing/custody.ts';
import type { LocalCustody } from '../../testing/in-process.ts';
import { listingIntent, rosterChangeIntent, withdrawalIntent } from '../../testing/organisation.ts';
import { openVaultedCustody } from '../../testing/vaulted.ts';
import { renderOperation } from '../page/operation.ts';
import { renderOperations } from '../page/operations.ts';
import { renderStop } from '../page/stop.ts';
import { keepSignatures, keepTie, noteOperation } from '../store/operations.ts';
import { findPresented } from '../store/presented.ts';
import { takeNo } from '../take-no.ts';
import { amountText } from './amounts.ts';
import { operationView } from './operation-view.ts';
import { printView } from './print.ts';
import { shown } from './section.ts';

const HOSTILE = `<script>alert("1")</script>'&`;

const fourEyes = [
  { group: 'control', decision: 'approve', people: 1 },
  { group: 'custody', decision: 'cosign', people: 1 },
] as const;
const keyRule: Policy['rules'][number] = {
  id: 'keys',
  name: 'One of each group',
  when: { kinds: ['key-ceremony', 'key-refresh', 'key-repair', 'key-backup'] },
  outcome: {
    effect: 'allow',
    needs: [...fourEyes, { group: 'recovery', decision: 'cosign', people: 1 }],
  },
};
const rules: Policy['rules'] = [
  {
    id: 'closed',
    name: HOSTILE,
    when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '400000000000' },
    outcome: { effect: 'deny', reason: `too much ${HOSTILE}` },
  },
  {
    id: 'large',
    name: 'Large amounts wait',
    when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '2000000000' },
    outcome: { effect: 'allow', needs: [...fourEyes], delaySeconds: 600, secondChannel: true },
  },
  {
    id: 'usual',
    name: 'Four eyes',
    when: { kinds: ['withdrawal', 'roster-change', 'policy-change', 'destination-listing'] },
    outcome: { effect: 'allow', needs: [...fourEyes] },
  },
  keyRule,
  {
    id: 'release',
    name: 'One more',
    when: { kinds: ['release'] },
    outcome: {
      effect: 'allow',
      needs: [{ group: 'control', decision: 'approve', people: 2 }, fourEyes[1]],
    },
  },
];

/** Looks at what a source has to say. */
const missing: Policy['rules'][number] = {
  id: 'missing',
  name: 'Something is missing',
  when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove: '5' },
  outcome: { effect: 'deny', reason: 'too much is missing' },
};

describe("a party's own view of an operation", () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeEach(async () => {
    ({ custody, vault } = await openVaultedCustody({ rules }));
  });
  afterEach(() => custody.remove());

  const at = () => custody.parties[0];

  async function show(
    intent: Intent,
    of: { statements?: number; withTransaction?: boolean; people?: OperationBundle } = {},
  ) {
    const whole = of.people ?? custody.organisation.bundle(intent);
    const bundle = { ...whole, statements: whole.statements.slice(0, of.statements ?? 3) };
    const transaction = of.withTransaction ? transferFor(vault, intent, randomNonce()) : null;
    must(await presentOperation(at().client, { bundle, transaction }));
    return viewOf(intent.operation);
  }
  function viewOf(operation: string) {
    const { party } = at();
    const kept = findPresented(party.database, operation);
    if (!party.trust || !kept) throw new Error('It is not there.');
    return operationView(party, party.trust, kept);
  }
  function pageOf(operation: string): string {
    const { party } = at();
    const page = party.trust && renderOperation(party, party.trust, operation);
    if (page === null) throw new Error('There is no such page.');
    return page;
  }
  const textOf = (view: ReturnType<typeof viewOf>): string => printView(view);

  test('has exact amounts, whole addresses, the digest and its words', async () => {
    const intent = withdrawalIntent(vault.destination, '1250000001');
    const view = await show(intent, { statements: 2, withTransaction: true });
    const text = textOf(view);
    expect(view.headline).toBe('Withdrawal of 1.250000001 SOL');
    expect(text).toContain('1,250,000,001 smallest units');
    expect(text.split(vault.destination.address)).toHaveLength(4);
    expect(text.split(vault.address)).toHaveLength(3);
    const digest = intentDigest(intent);
    const fours = digest.match(/.{4}/gu)?.join(' ') ?? '';
    expect(text).toContain(`Digest: ${fours}`);
    expect(text).toContain(`Words: ${digestWords(digest).join(' ')}`);
    expect(pageOf(intent.operation)).toContain(fours);
  });

  test('never rounds, and an asset it does not know stays in smallest units', () => {
    expect(amountText('1', 'SOL')).toBe('0.000000001 SOL');
    expect(amountText('9'.repeat(78), 'SOL')).toMatch(/^999(?:,999){22}\.999999999 SOL$/u);
    expect(amountText('1234567', 'GOLD')).toBe('1,234,567 smallest units of GOLD');
  });

  test('names who stated what, who is missing, the deciding rule and why others do not apply', async () => {
    const text = textOf(await show(withdrawalIntent(vault.destination), { statements: 2 }));
    expect(text).toContain('Raised by: p-raisaaaaaa, officer of control');
    expect(text).toContain('Approved by: p-adamaaaaaa, officer of control');
    expect(text).toMatch(/Needs 1 approver of control: p-adamaaaaaa/u);
    expect(text).toMatch(/\? Needs 1 co-signer of custody: nobody yet/u);
    expect(text).toMatch(/Rule large: Large amounts wait: Does not apply: amount\./u);
    expect(text).toMatch(/Rule usual: Four eyes: Decides: needs 1 approver/u);
  });

  test('answers what the decision would: what is missing, what is in the way, and yes', async () => {
    const answerTo = async (...of: Parameters<typeof show>) => (await show(...of)).answer;
    const intent = withdrawalIntent(vault.destination);
    expect(await answerTo(intent, { statements: 1 })).toMatchObject({
      mark: 'caution',
      notes: ['Named own-group-missing.'],
    });
    expect((await answerTo(intent)).text).toContain('The transaction is built after');
    expect(await answerTo(intent, { withTransaction: true })).toMatchObject({
      mark: 'good',
      text: expect.stringMatching(/^Yes\./u) as string,
    });
    const other = withdrawalIntent({ ...vault.destination, address: randomAddress() });
    const wrong = await show(other);
    expect(wrong.answer).toMatchObject({
      mark: 'danger',
      notes: ['Named destination-address-differs.'],
    });
    expect(textOf(wrong)).toContain(
      'The address asked for is another one. Treat this as an attack.',
    );
    const closed = await show(withdrawalIntent(vault.destination, '400000000001'), {
      statements: 1,
    });
    expect(closed.answer.notes).toEqual(['Named policy-denies.']);
    const slow = withdrawalIntent(vault.destination, '3000000000');
    expect((await answerTo(slow, { withTransaction: true })).notes).toEqual([
      'Named channel-code-missing.',
    ]);
    expect(viewOf(slow.operation).secondChannel).toBe(true);
    expect(viewOf(intent.operation).secondChannel).toBe(false);
    takeNo(at().party, custody.organisation.say('cora', 'reject', intent));
    expect(viewOf(intent.operation).answer.notes).toEqual(['Named attempt-ended.']);
  });

  test('shows what a source has yet to say as open, never as a refusal', async () => {
    const { party } = at();
    const intent = withdrawalIntent(vault.destination);
    await show(intent, { statements: 1 });
    const kept = findPresented(party.database, intent.operation);
    if (!party.trust || !kept) throw new Error('It is not there.');
    const policy = { ...party.trust.policy, rules: [missing, ...rules] };
    const view = operationView(party, { ...party.trust, policy }, kept);
    const asked = view.sections.filter(({ title }) => /policy/u.test(title));
    const marks = asked.flatMap(({ facts }) => facts.map(({ mark }) => mark));
    expect(marks).toContain('caution');
    expect(marks).not.toContain('danger');
    expect(textOf(view)).not.toMatch(/Refused:/u);
    expect(textOf(view)).toContain('Without that word this party takes no part.');
  });

  test('once it has signed, nothing that a source had to say is shown as still open', async () => {
    const { party } = at();
    const intent = withdrawalIntent(vault.destination);
    await show(intent);
    const kept = findPresented(party.database, intent.operation);
    if (!party.trust || !kept) throw new Error('It is not there.');
    const { trust } = party;
    const policy = { ...trust.policy, rules: [missing, ...rules] };
    const viewNow = () => operationView(party, { ...trust, policy }, kept);
    expect(textOf(viewNow())).toContain('Open: ');
    const messageDigest = '0'.repeat(64);
    const of = { operation: intent.operation, messageDigest, conflictKey: 'nonce', uses: [] };
    party.database.commit(() => {
      noteOperation(party.database, intent.operation, kept.intentDigest, 1);
      keepTie(
        party.database,
        { ...of, key: 'key-warm-1', parts: [{ bytes: '00', path: [], tweak: 'none' }] },
        party.now(),
      );
      keepSignatures(party.database, intent.operation, messageDigest, ['00'.repeat(64)]);
    });
    const after = viewNow();
    expect(after.answer.text).toContain('has signed it');
    expect(textOf(after)).toContain('Met when this party took part.');
    expect(textOf(after)).not.toMatch(/Open|takes no part|yet, or too old/u);
    const asked = after.sections.filter(({ title }) => /policy/u.test(title));
    expect(asked.flatMap(({ facts }) => facts.map(({ mark }) => mark))).not.toContain('caution');
  });

  test('says of a change that was adopted that it was carried out', async () => {
    const listing = listingIntent({ id: 'payroll', address: randomAddress() });
    expect((await show(listing)).answer.text).toContain('it would carry this out');
    must(await adopt(at().client, custody.organisation.bundle(listing)));
    expect(viewOf(listing.operation).answer.text).toMatch(/^Carried out here at /u);
    const row = renderOperations(at().party, 1)
      .split('<tr>')
      .find((part) => part.includes(listing.operation));
    expect(row).toContain('<td>carried out</td>');
    const change = await show(rosterChangeIntent(custody.organisation.roster), { statements: 1 });
    expect(textOf(change)).toContain(
      'Change 1: p-remyaaaaaa is officer and auditor of recovery in place of officer of recovery',
    );
  });

  test('writes nothing: no row and no mark changes while pages are shown', async () => {
    const intent = withdrawalIntent(vault.destination, '3000000000');
    await show(intent, { withTransaction: true });
    await show(withdrawalIntent(vault.destination), { statements: 1 });
    const { party, folder } = at();
    const everything = () => {
      const tables = party.database
        .all(`select name from sqlite_schema where type = 'table' order by name`)
        .map(({ name }) => String(name));
      const rows = tables.map((name) => party.database.all(`select * from ${name}`));
      return JSON.stringify([rows, readFileSync(join(folder, 'high-water.json'), 'utf8')]);
    };
    const before = everything();
    for (let turn = 0; turn < 3; turn += 1) pageOf(intent.operation);
    renderOperations(party, 1);
    if (party.trust) renderStop(party, party.trust);
    expect(everything()).toBe(before);
  });

  test('escapes whatever comes from outside, on the page and for the terminal', async () => {
    const intent: Intent = {
      ...withdrawalIntent(vault.destination, '400000000001'),
      memo: HOSTILE,
    } as Intent;
    await show(intent, { statements: 1 });
    const page = pageOf(intent.operation);
    expect(page.split('<script>')).toHaveLength(2);
    expect(page).not.toContain('alert("1")');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(page).toContain('Rule closed: &lt;script&gt;');
    expect(shown('a\u001B[2Jb\u202Ec\u0000')).toBe('a‹U+001B›[2Jb‹U+202E›c‹U+0000›');
    // Nothing but line breaks that a terminal could obey.
    expect(textOf(viewOf(intent.operation))).not.toMatch(/[^\P{C}\n]/u);
  });

  test('a statement that counts no more is named as such, and meets no need', async () => {
    const intent = withdrawalIntent(vault.destination);
    await show(intent, { statements: 2 });
    custody.clock.ahead += 3_601_000;
    const text = textOf(viewOf(intent.operation));
    expect(text).toContain('Does not count: A statement has expired.');
    expect(text).toMatch(/Needs 1 approver of control: nobody yet/u);
  });
});
