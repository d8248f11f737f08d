/**
 * The genesis ceremony of the sample organisation. The supervisor stands in for the people at the
 * parties' own terminals: it reads each party's set-up code there and pins at the party's origin.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftGenesis } from '#lib/operations/genesis/draft-genesis.ts';
import { latestGenesis } from '#lib/operations/genesis/latest-genesis.ts';
import {
  prepareGenesisSignature,
  submitGenesisSignature,
} from '#lib/operations/genesis/sign-genesis.ts';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { signInColleague } from '../colleagues/colleague.ts';
import type { KeyRingEntry } from '../colleagues/key-ring.ts';
import type { CustodianFiles } from '../custodians/folder.ts';
import { sampleCustodians } from '../custodians/people.ts';
import type { SeedSite, SiteFolder } from './cold-sites.ts';
import { enrolPeople } from './enrol-colleagues.ts';
import { makeCustodians } from './make-custodians.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

export type GenesisPlaces = {
  partyFolder: SiteFolder;
  sites: readonly SeedSite[];
  custodians: CustodianFiles;
};

/** @param ring the colleagues; the custodians enrol here, who found the organisation with them. */
export async function holdGenesis(
  ring: readonly KeyRingEntry[],
  { partyFolder, sites, custodians }: GenesisPlaces,
  context: SeedContext,
): Promise<void> {
  if (await context.db.rosterVersion.findFirst()) return;
  const row = await latestGenesis(context.db);
  const keepers = await enrolPeople(custodians.keyRing, sampleCustodians, context);
  const digest = row
    ? row.digest
    : await draft(sites, { ring: keepers, files: custodians }, context);
  await sign([...ring, ...keepers], digest, context);
  for (const site of sites) await site.pin(digest);
  for (const party of context.parties) await pin(party, digest, partyFolder(party.name), context);
  await waitFor('the worker to take genesis into force', 30_000, () =>
    context.db.rosterVersion.findFirst(),
  );
  context.log('genesis is pinned by every party');
}

async function draft(
  sites: readonly SeedSite[],
  keepers: { ring: readonly KeyRingEntry[]; files: CustodianFiles },
  context: SeedContext,
): Promise<string> {
  const parties: RosterParty[] = [];
  for (const [index, party] of context.parties.entries()) {
    const status = await partyStatus(party);
    if (!status.ok) throw new Error(`Party ${party.name} does not answer: ${status.refusal}`);
    const { name, group, identityKey, exchangeKey } = status.value;
    const { origin } = party;
    parties.push({ name, group, index: index + 1, identityKey, exchangeKey, origin });
  }
  const entries = [...parties, ...sites.map(({ entry }) => entry)];
  const names = entries.map(({ name }) => name);
  const backups = await makeCustodians({ ...keepers, parties: names }, context);
  const drafted = await draftGenesis(entries, context, 'system', backups);
  if (!drafted.ok) throw new Error(drafted.refusal.sentence);
  return drafted.value.digest;
}

async function sign(
  ring: readonly KeyRingEntry[],
  digest: string,
  context: SeedContext,
): Promise<void> {
  const done = await context.db.genesisStatement.findMany({
    where: { digest },
    select: { personId: true },
  });
  for (const entry of ring) {
    if (done.some(({ personId }) => personId === entry.operatorId)) continue;
    const { actor } = await signInColleague(entry, context);
    const prepared = await prepareGenesisSignature(actor, { digest }, context);
    if (!prepared.ok) throw new Error(prepared.refusal.sentence);
    const { nonce, options } = prepared.value;
    const assertion = entry.authenticator.assert({
      challenge: options.challenge,
      origin: context.settings.origin,
    });
    const signed = await submitGenesisSignature(actor, { nonce, assertion }, context);
    if (!signed.ok) throw new Error(signed.refusal.sentence);
  }
}

async function pin(
  party: PartyClient,
  digest: string,
  folder: string,
  context: SeedContext,
): Promise<void> {
  const offered = await waitFor(`party ${party.name} to be offered genesis`, 30_000, async () => {
    const status = await partyStatus(party);
    if (!status.ok) return null;
    if (status.value.genesisDigest === digest) return 'pinned';
    return status.value.offeredGenesisDigest === digest ? 'offered' : null;
  });
  if (offered === 'pinned') return;
  const origin = context.origins.get(party.name);
  if (origin === undefined) throw new Error(`Party ${party.name} has no origin.`);
  const code = (await readFile(join(folder, 'setup-code'), 'utf8')).trim();
  const answer = await fetch(`${origin}/pin`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({ digest, code }),
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status >= 400)
    throw new Error(`Party ${party.name} did not pin genesis (${answer.status}).`);
}
