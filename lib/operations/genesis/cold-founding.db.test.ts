import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { signIn, testContext, valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { bring, proceed } from '#lib/mpc/party/cold-desk.ts';
import { pinGenesis } from '#lib/mpc/party/genesis.ts';
import { partyNames } from '#lib/mpc/testing/custody.ts';
import { openLocalParty, type LocalParty } from '#lib/mpc/testing/in-process.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { partyWords } from '#lib/protocol/fingerprints.ts';
import { genesisDocument } from '#lib/protocol/genesis.ts';
import { openColdSite, takeSteps, type ColdSite } from '../testing/cold-sites.ts';
import { askColdParty } from './ask-cold-party.ts';
import { completeGenesis } from './complete-genesis.ts';
import { drawUpGenesis } from './draw-up-genesis.ts';
import { writeGenesisToCarry } from './write-genesis-to-carry.ts';
import { leaveOutColdParty } from './leave-out-cold-party.ts';
import { takeIntroduction } from './take-introduction.ts';
import { enrolFounders, sign, type Enrolled } from './testing/founding.ts';
import { viewGenesis } from './view-genesis.ts';

let database: TestDatabase;
let context: TestContext;
let parties: LocalParty[];
let site: ColdSite;
let founders: Enrolled[];
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext(database.connect('web'));
  const clock = { ahead: context.clock().getTime() - Date.now() };
  parties = partyNames.map((name) =>
    openLocalParty(name, clock, {
      folder: mkdtempSync(join(tmpdir(), `cs-${name}-`)),
      kek: new Uint8Array(randomBytes(32)),
    }),
  );
  site = openColdSite('cold-a', 'custody', 9, clock);
  founders = await enrolFounders(context);
  const [first] = founders;
  if (!first) throw new Error('no founders');
  ({ actor } = await signIn(context, first));
});
afterAll(async () => {
  for (const { party, folder } of parties) {
    party.database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  site.close();
  await database.drop();
});

const clients = () => parties.map(({ client }) => client);
const ask = (name: string) => askColdParty(actor, { name }, partyNames, context);
const carry = (name: string) => writeGenesisToCarry(actor, { name }, context);
const view = async () => valueOf(await viewGenesis(actor, clients(), context));
const requestTo = async (name: string) => {
  const found = (await view()).cold.parties.find((party) => party.name === name);
  if (!found?.request) throw new Error(`Nothing asks ${name}.`);
  return { leg: found.leg, ...found.request };
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a cold party before genesis', () => {
  it('is asked under a name of its own, and under none of a party with a network', async () => {
    expect(await ask('Cold A')).toMatchObject({ refusal: { code: 'form-invalid' } });
    expect(await ask('custody')).toMatchObject({ refusal: { code: 'name-taken' } });
    valueOf(await ask('cold-a'));
  });

  it('keeps the document from being drawn up until its answer is here', async () => {
    const refused = await drawUpGenesis(actor, clients(), context);
    expect(refused).toMatchObject({ refusal: { code: 'genesis-incomplete' } });
    expect(JSON.stringify(refused)).toContain('Party cold-a has not said who it is yet.');
  });

  it('asked anew is answered by the new document only', async () => {
    const before = await requestTo('cold-a');
    valueOf(await ask('cold-a'));
    const answer = takeSteps(site, before.text);
    const late = { leg: before.leg, text: answer.text };
    expect(await takeIntroduction(actor, late, context)).toMatchObject({
      refusal: { code: 'document-unknown' },
    });
    const { leg } = await requestTo('cold-a');
    expect(await takeIntroduction(actor, { leg, text: answer.text }, context)).toMatchObject({
      refusal: { code: 'travel-other-trip' },
    });
  });

  it('is taken at what it says itself, and neither the request nor anything else is an answer', async () => {
    const { leg, text } = await requestTo('cold-a');
    const take = (brought: string) => takeIntroduction(actor, { leg, text: brought }, context);
    expect(await take(text)).toMatchObject({ refusal: { code: 'cold-own-request' } });
    expect(await take('x'.repeat(40_000))).toMatchObject({ refusal: { code: 'form-invalid' } });
    expect(await take('nothing of ours')).toMatchObject({ refusal: { code: 'travel-not-ours' } });
    const answer = takeSteps(site, text);
    expect(await take(answer.text.replace('custody', 'control'))).toMatchObject({
      refusal: { code: 'travel-damaged' },
    });
    const { words } = valueOf(await take(answer.text));
    expect(words).toEqual(partyWords(site.entry));
    expect(await take(answer.text)).toMatchObject({ refusal: { code: 'answer-taken' } });
    expect(await ask('cold-a')).toMatchObject({ refusal: { code: 'name-taken' } });
  });

  it('of a folder that names another party is not taken for it', async () => {
    valueOf(await ask('cold-z'));
    const { leg, text } = await requestTo('cold-z');
    expect(bring(site.desk, bytes(text))).toMatchObject({ refusal: 'travel-misaddressed' });
    valueOf(await leaveOutColdParty(actor, { leg }, context));
    expect(await leaveOutColdParty(actor, { leg }, context)).toMatchObject({
      refusal: { code: 'document-unknown' },
    });
    expect((await view()).cold.parties.map(({ name }) => name)).toEqual(['cold-a']);
  });
});

describe('an organisation founded with a cold party', () => {
  it('has it in the document beside the others, without an address', async () => {
    const { digest } = valueOf(await drawUpGenesis(actor, clients(), context));
    const row = await database.connect('owner').genesis.findUniqueOrThrow({ where: { digest } });
    const { roster } = genesisDocument.parse(JSON.parse(row.document));
    const { name, group, identityKey, exchangeKey } = site.entry;
    expect(roster.parties.at(-1)).toEqual({
      name,
      group,
      identityKey,
      exchangeKey,
      index: 4,
      cold: true,
    });
    const { parties: shown, cold } = await view();
    expect(shown.at(-1)).toMatchObject({ name, state: 'cold', words: partyWords(site.entry) });
    expect(cold.differing).toEqual([]);
    expect(cold.toCarry).toEqual([]);
    expect(await carry('cold-a')).toMatchObject({ refusal: { code: 'genesis-incomplete' } });
  });

  it('gives it the signed document to carry, which it checks and pins by itself', async () => {
    const { digest } = valueOf(await drawUpGenesis(actor, clients(), context));
    for (const founder of founders) valueOf(await sign(founder, digest, context));
    expect(await ask('cold-b')).toMatchObject({ refusal: { code: 'genesis-signed' } });
    const { group } = site.entry;
    expect((await view()).cold.toCarry).toEqual([{ name: 'cold-a', group }]);
    for (const other of ['cold-b', 'custody', 'Cold A'])
      expect(await carry(other)).toMatchObject({ refusal: { code: 'form-invalid' } });
    const document = valueOf(await carry('cold-a'));
    expect(valueOf(await carry('cold-a')).words).toEqual(document.words);
    const brought = bring(site.desk, bytes(document.text));
    expect(brought.state).toBe('open');
    expect(proceed(site.desk)).toMatchObject({ ok: true });
    expect(pinGenesis(site.party, digest)).toMatchObject({ ok: true });
    expect(site.party.trust?.roster.parties.map(({ name }) => name)).toEqual([
      ...partyNames,
      'cold-a',
    ]);
  });

  it('comes into force without waiting for it', async () => {
    const worker = { ...context, db: database.connect('worker') };
    await completeGenesis(clients(), worker);
    const { document } = await view();
    for (const { party } of parties)
      expect(pinGenesis(party, document?.digest ?? '')).toMatchObject({ ok: true });
    await completeGenesis(clients(), worker);
    expect((await view()).state).toBe('pinned');
    expect(await ask('cold-b')).toMatchObject({ refusal: { code: 'genesis-done' } });
  });
});
