/**
 * Makes the sample organisation by running the real use cases with the colleagues' software keys,
 * so every record of its past verifies. Each step looks whether it was done, so a start that was
 * cut off goes on where it stopped.
 */
import { Team } from './colleagues/team.ts';
import type { CustodianFiles } from './custodians/folder.ts';
import { openSites, type SeedSite } from './seed/cold-sites.ts';
import { compareOnce } from './seed/compare-once.ts';
import { enrolColleagues } from './seed/enrol-colleagues.ts';
import { holdGenesis } from './seed/hold-genesis.ts';
import { inviteGuests } from './seed/invite-guests.ts';
import { makeBitcoin } from './seed/make-bitcoin.ts';
import { makeBankAccounts } from './seed/make-bank-accounts.ts';
import { makeClientMatters } from './seed/make-client-matters.ts';
import { makeCorrections } from './seed/make-corrections.ts';
import { makeBreaches } from './seed/make-breaches.ts';
import { makeBoard } from './seed/make-board.ts';
import { makeDraft } from './seed/make-draft.ts';
import { makeColdVault } from './seed/make-cold-vault.ts';
import { coldVault, makeVaults } from './seed/make-vaults.ts';
import { makeStatement } from './seed/make-statement.ts';
import { makeIncidentDesk } from './seed/make-incident-desk.ts';
import { makeIncidents } from './seed/make-incidents.ts';
import { makeEthereum } from './seed/make-ethereum.ts';
import { makeHistory } from './seed/make-history.ts';
import { makeConsent } from './seed/make-consent.ts';
import { makePeople } from './seed/make-people.ts';
import { makePrivacyRegisters } from './seed/make-privacy-registers.ts';
import { makeProofs } from './seed/make-proofs.ts';
import { makeRequests } from './seed/make-requests.ts';
import { makeResilience } from './seed/make-resilience.ts';
import { makeRetention } from './seed/make-retention.ts';
import { nameOwnVaults } from './seed/name-own-vaults.ts';
import { fundFeePayer } from './seed/outside-world.ts';
import { openSeedContext, type SeedContext } from './seed/seed-context.ts';
import { loadTrust } from '#lib/operations/trust.ts';

export type SeedOptions = {
  /** File of the colleagues' software keys. */
  keyRing: string;
  /** Where the custodians' parts lie. */
  custodians: CustodianFiles;
  /** File that gets the enrolment links, for the supervisor to print. */
  welcomeFile: string;
  /** Data folder of each party, by name; their set-up codes lie there. */
  partyFolder: (party: string) => string;
  /** Only what operations need: colleagues, parties, vaults and their past, without the records of other rooms. */
  operationsOnly?: boolean;
  log: (line: string) => void;
};

export async function seed(options: SeedOptions): Promise<void> {
  const context = openSeedContext(options.log);
  let sites: SeedSite[] = [];
  try {
    if (await needsSites(context))
      sites = await openSites(options.partyFolder, context.parties.length + 1, context);
    const ring = await enrolColleagues(options.keyRing, context);
    await holdGenesis(ring, { ...options, sites }, context);
    const team = new Team(ring, context);
    await fundFeePayer(context);
    await makeVaults(team, context);
    if (sites.length > 0) await makeColdVault(team, sites, context);
    await nameOwnVaults(team, context);
    await makeHistory(team, context);
    if (options.operationsOnly !== true) await makeRecords(team, context);
    await inviteGuests(options.welcomeFile, context);
  } finally {
    for (const site of sites) site.close();
    await context.db.$disconnect();
  }
}

/** What stands in the other rooms: banks, clients, incidents, resilience, privacy, and the other chains. */
async function makeRecords(team: Team, context: SeedContext): Promise<void> {
  await makeBankAccounts(team, context);
  await makeCorrections(team, context);
  await makeProofs(team, context);
  await makeDraft(team, context);
  await makeStatement(team, context);
  await makeClientMatters(team, context);
  await makePeople(team, context);
  await compareOnce(team, context);
  await makeIncidentDesk(team, context);
  await makeIncidents(team, context);
  const records = await makeResilience(team, context);
  await makeBoard(team, context);
  await makePrivacyRegisters(team, records, context);
  await makeConsent(team, context);
  await makeRequests(team, context);
  await makeBreaches(team, context);
  await makeRetention(team, context);
  await makeBitcoin(team, context);
  await makeEthereum(team, context);
}

/**
 * The cold parties are opened only until their key is made: later somebody may work with one of them.
 * An organisation of an earlier version has none, and gets none: they belong to its first roster.
 */
async function needsSites({ db }: SeedContext): Promise<boolean> {
  const trust = await loadTrust(db);
  if (!trust) return true;
  const hasCold = trust.roster.parties.some(({ cold }) => cold === true);
  return hasCold && !(await db.vault.findUnique({ where: { id: coldVault.vault } }));
}
