/** The genesis at one party: checked when the console offers it, pinned only by a person. */
import { genesisBundle, type GenesisBundle } from '#lib/protocol/genesis.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import {
  findRosterFault,
  groupsOverlap,
  type Roster,
  type RosterPerson,
} from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import type { Refusal } from '../refusals.ts';
import { offerGenesis as keepOffer, pinGenesis as keepPin, readGenesis } from './store/trust.ts';
import { readPeerOrigin } from './peer-channel.ts';
import { raiseMarks } from './marks.ts';
import {
  answer,
  note,
  noteRefusal,
  refuse,
  reloadTrust,
  type Answer,
  type Party,
} from './party.ts';

/** How far ahead of this party's clock a statement may be dated, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

function findDocumentFault(party: Party, { document }: GenesisBundle): Refusal | null {
  const { roster, policy, organisation, environment } = document;
  if (environment !== party.config.mode) return 'wrong-environment';
  if (roster.environment !== environment || policy.environment !== environment)
    return 'wrong-environment';
  if (roster.organisation !== organisation || policy.organisation !== organisation)
    return 'wrong-organisation';
  const fault = findRosterFault(roster);
  if (fault) return `roster-${fault}`;
  if (groupsOverlap(roster)) return 'groups-overlap';
  if (roster.version !== 1) return 'roster-version-chain';
  if (policy.version !== 1 || findPolicyFault(policy)) return 'genesis-policy-unsound';
  // No key was made yet, so no vault is anybody's.
  if (policy.ownVaults !== undefined && policy.ownVaults.length > 0) return 'own-vault-unproved';
  const own = roster.parties.find((entry) => entry.name === party.config.name);
  const genuine =
    own?.group === party.config.group &&
    own.cold === party.config.cold &&
    own.identityKey === party.identity.identityKey &&
    own.exchangeKey === party.identity.exchangeKey &&
    // At another address a key press for this party would be made on somebody else's page, and the
    // other parties could not ask it how far it has come.
    (own.origin === party.config.origin.origin || (own.cold === true && own.origin === undefined));
  if (!genuine) return 'genesis-party-differs';
  return originsAreSound(party, document.roster) ? null : 'genesis-origin-unsound';
}

/** Parties with a network must reach each other, each at an address of its own. */
function originsAreSound({ config }: Party, { parties }: Roster): boolean {
  const online = parties.filter(({ cold }) => cold !== true);
  const origins = online.map(({ origin }) => origin ?? '');
  return (
    new Set(origins).size === origins.length &&
    origins.every((origin) => readPeerOrigin(origin, config.mode) !== null)
  );
}

function signedBy(
  party: Party,
  bundle: GenesisBundle,
  digest: string,
  person: RosterPerson,
): Refusal | null {
  const own = bundle.statements.filter(({ statement }) => statement.person === person.id);
  const [signed] = own;
  if (!signed || own.length !== 1) return 'genesis-incomplete';
  const { statement, assertion } = signed;
  const { document } = bundle;
  const belongs =
    statement.organisation === document.organisation &&
    statement.environment === document.environment &&
    statement.genesisDigest === digest &&
    Date.parse(statement.issuedAt) <= party.now().getTime() + CLOCK_TOLERANCE;
  const credential = person.credentials.find((entry) => entry.id === assertion.id);
  if (!belongs || !credential || credential.revokedAt !== null) return 'genesis-statement-invalid';
  const verdict = checkAssertion({
    credential: {
      id: credential.id,
      publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
      signCount: 0,
      backupEligible: credential.backupEligible,
    },
    response: assertion,
    expected: {
      challenge: challengeOf(statement),
      origin: document.roster.relyingParty.origins,
      rpId: document.roster.relyingParty.id,
    },
    rules: { allowSynced: document.environment === 'sandbox', checkCounter: false },
  });
  return verdict.ok ? null : 'genesis-statement-invalid';
}

function findStatementsFault(party: Party, bundle: GenesisBundle, digest: string): Refusal | null {
  const { people } = bundle.document.roster;
  if (bundle.statements.length !== people.length) return 'genesis-incomplete';
  for (const person of people) {
    const fault = signedBy(party, bundle, digest, person);
    if (fault) return fault;
  }
  return null;
}

/** Takes a genesis as offered once everything about it holds; it counts for nothing until pinned. */
export function offerGenesis(
  party: Party,
  request: { bundle?: unknown },
): Answer<{ genesisDigest: string; pinned: boolean }> {
  const parsed = genesisBundle.safeParse(request.bundle);
  if (!parsed.success) return refuse('malformed');
  const genesisDigest = digestOf(parsed.data.document);
  if (party.trust) {
    const same = party.trust.genesisDigest === genesisDigest;
    return same ? answer({ genesisDigest, pinned: true }) : refuse('genesis-exists');
  }
  if (readGenesis(party.database)?.digest === genesisDigest)
    return answer({ genesisDigest, pinned: false });
  const refusal =
    findDocumentFault(party, parsed.data) ?? findStatementsFault(party, parsed.data, genesisDigest);
  party.database.commit(() => {
    if (refusal) noteRefusal(party, null, genesisDigest, refusal);
    else {
      keepOffer(party.database, genesisDigest, parsed.data, party.now());
      note(party, { event: 'genesis-offered', digest: genesisDigest });
    }
  });
  return refusal ? refuse(refusal) : answer({ genesisDigest, pinned: false });
}

/**
 * Pins the genesis on offer. The caller has checked the set-up code.
 * @param digest the one the person compared; another one on offer meanwhile is not pinned.
 */
export function pinGenesis(party: Party, digest: string): Answer<{ genesisDigest: string }> {
  if (party.trust) return refuse('genesis-exists');
  const offered = readGenesis(party.database);
  if (!offered) return refuse('genesis-missing');
  if (offered.digest !== digest) return refuse('genesis-mismatch');
  // It was checked when it was offered, and the party may have been started in another mode since.
  if (offered.bundle.document.environment !== party.config.mode) return refuse('wrong-environment');
  party.database.commit(() => {
    keepPin(party.database, party.kek, offered, party.now());
    note(party, { event: 'genesis-pinned', digest });
  });
  reloadTrust(party);
  raiseMarks(party);
  party.log('genesis-pinned', { digest });
  party.onNews();
  return answer({ genesisDigest: digest });
}
