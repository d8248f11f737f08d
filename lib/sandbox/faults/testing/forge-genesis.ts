/** A genesis all of whose founders are the attacker's, signed by every one of them. */
import { newNonce } from '#lib/identity/challenges.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import {
  genesisDocument,
  type GenesisBundle,
  type GenesisDocument,
} from '#lib/protocol/genesis.ts';
import { group } from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { newSoftwareKey } from '../../colleagues/key-ring.ts';
import { forgedPerson, rosterEntry, type Forged } from './attacks-on-trust.ts';
import { query } from './books.ts';
import type { Field, Sql } from './field.ts';

async function pinnedDocument(field: Field): Promise<GenesisDocument> {
  const [row] = await query<{ document: string }>(
    field.stack.ownerUrl,
    `select document from genesis where state = 'pinned'`,
  );
  return genesisDocument.parse(JSON.parse(row?.document ?? ''));
}

function signAll(
  field: Field,
  document: GenesisDocument,
  founders: readonly Forged[],
): GenesisBundle {
  const { organisation, environment } = document;
  const statements = founders.map(({ id, key }) => {
    const statement = {
      type: 'countersign/genesis-statement/v1' as const,
      organisation,
      environment,
      genesisDigest: digestOf(document),
      person: id,
      nonce: newNonce(),
      issuedAt: new Date().toISOString(),
    };
    const { origin } = field.stack.settings;
    return { statement, assertion: key.assert({ challenge: challengeOf(statement), origin }) };
  });
  return { document, statements };
}

/** The rows that make it the latest genesis, and the bundle that parties would be offered. */
export async function forgeGenesis(field: Field): Promise<{ bundle: GenesisBundle; rows: Sql[] }> {
  const document = await pinnedDocument(field);
  const founders = group.options.map((name) =>
    forgedPerson(name, newSoftwareKey(field.stack.settings.rpId)),
  );
  const forged = {
    ...document,
    roster: { ...document.roster, people: founders.map(rosterEntry) },
  };
  const bundle = signAll(field, forged, founders);
  const digest = digestOf(forged);
  const rows: Sql[] = [
    [
      `insert into genesis (digest, document, state) values ($1, $2, 'collecting')`,
      digest,
      canonicalize(forged),
    ],
    ...bundle.statements.map(({ statement, assertion }): Sql => [
      'insert into genesis_statement (digest, person_id, document, assertion) values ($1, $2, $3, $4)',
      digest,
      statement.person,
      canonicalize(statement),
      JSON.stringify(assertion),
    ]),
    [`update genesis set state = 'signed' where digest = $1`, digest],
  ];
  return { bundle, rows };
}
