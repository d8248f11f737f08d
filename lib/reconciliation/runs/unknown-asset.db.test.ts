import { base58 } from '@scure/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { startScriptedNode, type ScriptedNode } from '#lib/chains/solana/testing/scripted-node.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { vault } from '#lib/ledger/testing/books.ts';
import { watchDeposits } from '#lib/operations/execution/watch-deposits.ts';
import { watchTokens } from '#lib/operations/execution/watch-tokens.ts';
import type { WorkerContext } from '#lib/operations/execution/worker-context.ts';
import { listVaults } from '#lib/operations/list-vaults.ts';
import { openChainDesk, type ChainDesk } from '#lib/operations/testing/chain-desk.ts';
import { viewChart } from '#lib/operations/view-chart.ts';
import { viewJournals } from '#lib/operations/view-journals.ts';
import { viewLedger } from '#lib/operations/view-ledger.ts';
import { viewLedgerAccount } from '#lib/operations/view-ledger-account.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import type { Signer } from '../corrections/testing/press-correction.ts';
import { raiseAndApprove } from '../corrections/testing/raise-and-approve.ts';
import { chainSource } from '../sources/chain-source.ts';
import { viewBreak } from '../view-break.ts';
import { viewOverview } from '../view-overview.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

let desk: ChainDesk;
let node: ScriptedNode;
let worker: WorkerContext;
let web: Context;
let people: readonly [Signer, Signer];
let officer: Actor;
let mint = '';
let code = '';

/** What the chain says lies in the vault: the sandbox has no such token, so the node is told what to say. */
function holds(amounts: readonly bigint[]): void {
  const accounts = amounts.map((amount) => {
    const data = Buffer.alloc(165);
    data.set(base58.decode(mint), 0);
    data.set(base58.decode(desk.fixture.vault.address), 32);
    data.writeBigUInt64LE(amount, 64);
    return {
      pubkey: freshKey().address,
      account: {
        data: [data.toString('base64'), 'base64'],
        executable: false,
        lamports: 2_039_280,
        owner: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
        rentEpoch: 0,
        space: 165,
      },
    };
  });
  slot += 1;
  node.answers.set('getTokenAccountsByOwner', { context: { slot }, value: accounts });
}
let slot = 1_000;

async function compareAll(): Promise<void> {
  desk.passTime(1_000);
  const id = await inTransaction(worker.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, worker.clock()),
  );
  await answerRequest(
    { id, wanted: 'all', placesDone: 0 },
    { ...worker, sources: [chainSource(worker)] },
  );
  const request = await worker.db.reconciliationRequest.findUniqueOrThrow({ where: { id } });
  expect(request).toMatchObject({ state: 'done', fault: null });
}

const breaks = () => worker.db.breakRecord.findMany({ where: { state: { not: 'closed' } } });

beforeAll(async () => {
  desk = await openChainDesk(['C-1001']);
  node = await startScriptedNode(desk.chain.url);
  worker = { ...desk.context, solana: createSolanaClient(node.url) };
  web = { ...testContext(desk.books.web), clock: () => worker.clock() };
  const signedIn = async (displayName: string): Promise<Signer> => {
    const person = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(desk.books.owner, person);
    return { actor: (await signIn(web, person)).actor, key: person.key };
  };
  people = [await signedIn('Ada Hofmann'), await signedIn('Ben Okafor')];
  officer = people[0].actor;
  mint = freshKey().address;
  code = unknownAssetCode('solana:sandbox', mint);
});
afterAll(async () => {
  node.close();
  await desk.close();
});

describe('a token that the registry does not know', () => {
  it('is booked to suspense as it is found, once, and follows the chain', async () => {
    const standing = async () =>
      (await viewChart(officer, { asked: { asset: code }, after: null, before: null }, web)) as {
        value: { accounts: { account: string; balance: string }[] };
      };
    await watchDeposits(worker);
    holds([700n]);
    await watchTokens(worker);
    await watchTokens(worker);
    // Each of the two token programs is asked, and this node says the same of both.
    expect((await standing()).value.accounts).toMatchObject([
      { account: `suspense/${vault}/${code}`, balance: '1,400' },
      { account: `vault/${vault}/${code}`, balance: '1,400' },
    ]);
    holds([700n, 50n]);
    await watchTokens(worker);
    expect((await standing()).value.accounts).toMatchObject([
      { balance: '1,500' },
      { balance: '1,500' },
    ]);
    const entry = await worker.db.auditEntry.findFirst({
      where: { kind: 'unknown-asset-booked', subject: vault },
    });
    expect(Buffer.from(entry?.leaf ?? []).toString()).toContain(`"token":"${mint}"`);
  });

  it('raises one break of the cause unknown that names the token, with the amount in its smallest unit', async () => {
    await compareAll();
    await compareAll();
    const [found, ...more] = await breaks();
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      cause: 'unknown',
      asset: code,
      place: vault,
      subject: `token:${mint}`,
      overLimit: false,
    });
    const view = valueOf(await viewBreak(officer, found?.id ?? '', web));
    expect(view).toMatchObject({ amount: '1,500', sign: 'surplus', cause: 'unknown' });
    expect(view.outside).toMatchObject([{ reference: mint, amount: '1,500' }]);
  });

  it('breaks no screen', async () => {
    valueOf(await viewLedger(officer, { after: null }, web));
    valueOf(await viewJournals(officer, { before: null }, web));
    valueOf(await listVaults(officer, web));
    valueOf(await viewOverview(officer, web));
    const account = `suspense/${vault}/${code}`;
    expect(
      valueOf(await viewLedgerAccount(officer, { account, before: null }, web)).lines,
    ).toMatchObject([{ change: '100' }, { change: '1,400' }]);
  });

  it('closes its break by a match once the books say whose it is', async () => {
    const booked = await worker.db.posting.findFirstOrThrow({
      where: { accountId: `suspense/${vault}/${code}` },
    });
    const elsewhere = (account: string, asset: string) =>
      raiseAndApprove(
        people,
        {
          lines: [
            { account: `own-expense/losses/${asset}`, amount: 1n },
            { account, amount: -1n },
          ],
        },
        web,
      );
    await expect(
      elsewhere('client/C-1001/UNKAAAAAAAAA', 'UNKAAAAAAAAA'),
      'no account is opened in a token that nobody has booked',
    ).rejects.toThrow(/account-unknown/);
    await raiseAndApprove(
      people,
      {
        lines: [
          { account: `suspense/${vault}/${code}`, amount: 1_500n },
          { account: `client/C-1001/${code}`, amount: -1_500n },
        ],
        corrects: booked.journalId,
      },
      web,
    );
    await compareAll();
    expect(await breaks()).toEqual([]);
    holds([]);
    await watchTokens(worker);
    await compareAll();
    // It left the chain, and a client is owed it: the whole of it is short.
    expect(await breaks()).toMatchObject([{ asset: code, overLimit: true }]);
  });
});
