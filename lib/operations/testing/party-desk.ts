/**
 * A console after genesis with whole parties of its own inside the test's process: people state by
 * the use cases, the worker's steps carry what they stated, and the parties decide for themselves.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { signIn, testContext, valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { pinGenesis } from '#lib/mpc/party/genesis.ts';
import { openLocalParty, type LocalParty } from '#lib/mpc/testing/in-process.ts';
import type { RpcMethod } from '#lib/mpc/wire/rpc.ts';
import type { Settings } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Result } from '#lib/platform/result.ts';
import type { Group, Role, RosterParty } from '#lib/protocol/roster.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { advanceOperation } from '../execution/advance-operation.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { completeGenesis } from '../genesis/complete-genesis.ts';
import { draftGenesis } from '../genesis/draft-genesis.ts';
import { inviteFounders } from '../genesis/invite-founders.ts';
import { enrolSeat, sign } from '../genesis/testing/founding.ts';
import type { StatementRequest } from '../issue-statement.ts';
import { loadStanding } from '../load-standing.ts';
import { prepareDecision } from '../prepare-decision.ts';
import type { Submitted } from '../submit-statement.ts';
import { press, type Founder } from './after-genesis.ts';
import { openColdSite, pinAtSite, type ColdSite } from './cold-sites.ts';

const cast = {
  ada: { roles: ['officer', 'administrator'], group: null },
  marek: { roles: ['officer'], group: 'control' },
  lena: { roles: ['officer'], group: 'control' },
  ines: { roles: ['officer'], group: 'custody' },
  jonas: { roles: ['officer'], group: 'custody' },
  sofia: { roles: ['officer'], group: 'recovery' },
} as const satisfies Record<string, { roles: readonly Role[]; group: Group | null }>;
export type Name = keyof typeof cast;
const names = Object.keys(cast) as Name[];

const groups = ['control', 'custody', 'recovery'] as const;

export type DeskParty = {
  local: LocalParty;
  client: PartyClient;
  /** False while the way to it is cut. */
  isReachable: boolean;
};

export type PartyDesk = {
  database: TestDatabase;
  context: TestContext;
  worker: WorkerContext;
  owner: Database;
  people: Readonly<Record<Name, Founder>>;
  parties: Readonly<Record<(typeof groups)[number], DeskParty>>;
  /** cold-a of custody and cold-b of recovery, where the test wants cold parties. */
  sites: readonly ColdSite[];
  /** For the console and every party alike. */
  passTime(milliseconds: number): void;
  close(): Promise<void>;
};

function switchable(local: LocalParty, expected: 'online' | 'offline'): DeskParty {
  const party: DeskParty = {
    local,
    isReachable: true,
    client: {
      name: local.client.name,
      origin: local.client.origin,
      expected,
      close: () => undefined,
      call: <Q, A>(method: RpcMethod<Q, A>, request: Q) =>
        party.isReachable
          ? local.client.call(method, request)
          : Promise.resolve({
              ok: false as const,
              refusal: 'party-unreachable' as const,
              party: local.client.name,
              culprit: null,
            }),
    },
  };
  return party;
}

function openParties(clock: { ahead: number }): PartyDesk['parties'] {
  const open = (group: (typeof groups)[number]): DeskParty => {
    const folder = mkdtempSync(join(tmpdir(), `cs-${group}-`));
    const local = openLocalParty(group, clock, { folder, kek: new Uint8Array(randomBytes(32)) });
    return switchable(local, group === 'recovery' ? 'offline' : 'online');
  };
  return { control: open('control'), custody: open('custody'), recovery: open('recovery') };
}

const rosterPartyOf = ({ local: { party } }: DeskParty, place: number): RosterParty => ({
  name: party.config.name,
  group: party.config.group,
  index: place + 1,
  identityKey: party.identity.identityKey,
  exchangeKey: party.identity.exchangeKey,
  origin: party.config.origin.origin,
});

/** Founders enrol and sign, every party pins, and the worker takes genesis into force. */
async function found(
  context: TestContext,
  worker: WorkerContext,
  { parties, sites }: { parties: readonly DeskParty[]; sites: readonly ColdSite[] },
): Promise<Founder[]> {
  const invited = await inviteFounders(
    names.map((displayName) => ({
      displayName,
      roles: [...cast[displayName].roles],
      group: cast[displayName].group,
    })),
    context,
  );
  const enrolled = [];
  for (const seat of valueOf(invited)) enrolled.push(await enrolSeat(seat, context));
  const entries = [...parties.map(rosterPartyOf), ...sites.map(({ entry }) => entry)];
  const { digest } = valueOf(await draftGenesis(entries, context));
  for (const founder of enrolled) valueOf(await sign(founder, digest, context));
  const clients = parties.map(({ client }) => client);
  await completeGenesis(clients, worker);
  for (const { local } of parties) {
    const pinned = pinGenesis(local.party, digest);
    if (!pinned.ok) throw new Error(pinned.refusal);
  }
  for (const site of sites) await pinAtSite(site, worker.db);
  await completeGenesis(clients, worker);
  const people: Founder[] = [];
  for (const { key } of enrolled)
    people.push({ key, actor: (await signIn(context, { key })).actor });
  return people;
}

/**
 * @param chain where the worker sends to; without one it has no node to talk to.
 * @param options.hasCold adds two cold parties to the first roster.
 */
export async function openPartyDesk(
  settings: Partial<Settings> = {},
  chain: Pick<WorkerContext, 'solana' | 'feePayer' | 'bitcoin' | 'ethereum'> = {
    solana: createSolanaClient('http://127.0.0.1:1'),
    feePayer: freshKey(),
  },
  { hasCold = false }: { hasCold?: boolean } = {},
): Promise<PartyDesk> {
  const database = await createTestDatabase();
  const context = testContext(database.connect('web'), settings);
  // The parties' clocks stand still with the console's.
  const clock = {
    get ahead() {
      return context.clock().getTime() - Date.now();
    },
  };
  const parties = openParties(clock);
  const sites = hasCold
    ? [openColdSite('cold-a', 'custody', 4, clock), openColdSite('cold-b', 'recovery', 5, clock)]
    : [];
  const worker: WorkerContext = {
    db: database.connect('worker'),
    clock: context.clock,
    settings: context.settings,
    parties: groups.map((group) => parties[group].client),
    ...chain,
  };
  const founders = await found(context, worker, {
    parties: groups.map((group) => parties[group]),
    sites,
  });
  const people = Object.fromEntries(names.map((name, at) => [name, founders[at]])) as Record<
    Name,
    Founder
  >;
  return {
    database,
    context,
    worker,
    owner: database.connect('owner'),
    people,
    parties,
    sites,
    passTime: (milliseconds) => context.passTime(milliseconds),
    close: async () => {
      for (const site of sites) site.close();
      for (const { local } of Object.values(parties)) {
        local.party.database.close();
        rmSync(local.folder, { recursive: true, force: true });
      }
      await database.drop();
    },
  };
}

/** Presses a person's key on what was prepared for them. */
export const state = async (
  desk: PartyDesk,
  name: Name,
  prepared: Result<{ request: StatementRequest }>,
): Promise<Result<Submitted>> =>
  prepared.ok ? press(desk.people[name], prepared.value.request, desk.context) : prepared;

/** A person decides on an operation as it stands now. */
export async function decide(
  desk: PartyDesk,
  name: Name,
  operation: string,
  decision: 'approve' | 'cosign' | 'reject' | 'cancel',
  channelCode?: string,
): Promise<Result<Submitted>> {
  const { revision } = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
  const why =
    decision === 'reject' || decision === 'cancel'
      ? { reason: 'other', note: 'It is not wanted.' }
      : channelCode === undefined
        ? {}
        : { channelCode };
  const request = await prepareDecision(
    desk.people[name].actor,
    { operation, revision, decision, ...why },
    desk.context,
  );
  return request.ok ? press(desk.people[name], request.value, desk.context) : request;
}

/** Has the worker take an operation as far as it goes now. @returns its state then. */
export async function advance(desk: PartyDesk, operation: string): Promise<string> {
  await advanceOperation(operation, desk.worker);
  const loaded = await loadStanding(desk.owner, operation, desk.context.clock());
  if (!loaded) throw new Error('There is no such operation.');
  return loaded.standing.state;
}

/** Raised by Ada, approved by Marek and co-signed by Ines. @returns the operation's id. */
export async function stateAll(
  desk: PartyDesk,
  prepared: Result<{ request: StatementRequest }>,
): Promise<string> {
  const { operation } = valueOf(await state(desk, 'ada', prepared));
  valueOf(await decide(desk, 'marek', operation, 'approve'));
  valueOf(await decide(desk, 'ines', operation, 'cosign'));
  return operation;
}
