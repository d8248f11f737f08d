/** The relays of the fault tests: in front of each party, the chain and the database. */
import { join } from 'node:path';
import { z } from 'zod';
import { partyAddresses } from '#scripts/supervisor/parties.ts';
import { sandboxFolder } from '#scripts/supervisor/environments.ts';
import type { Settings } from '#scripts/supervisor/settings.ts';
import { freePorts } from '#scripts/supervisor/testing/processes.ts';
import type { Gates } from './gates.ts';
import { startHttpRelay } from './http-relay.ts';
import { startPostgresRelay } from './postgres-relay.ts';

/** Where the processes under test find the rest of the system. */
export type RelayedPlaces = {
  /** Value of COUNTERSIGN_PARTIES. */
  parties: string;
  solanaRpc: string;
  postgresPort: number;
};

/** Transactions that can be held at their COMMIT, by a statement in them. */
export const commits = {
  statement: 'commit of a statement',
  journal: 'commit of a journal',
  signature: 'commit of a signature',
} as const;

const marks = {
  'INSERT INTO "public"."operation_statement"': commits.statement,
  'ledger_post(': commits.journal,
  '"signed_at" = $': commits.signature,
};

export const shareOf = (party: string): string => `${party} /v1/sign/share`;
export const finishOf = (party: string): string => `${party} /v1/sign/finish`;
export const sendTransaction = 'solana sendTransaction';

const partyList = z.array(z.looseObject({ name: z.string(), rpc: z.string() }));
const question = z.looseObject({ method: z.string() });
const answered = z.looseObject({ ok: z.boolean() });

/** @param shareAnswers gets whether each share that a party was asked for came. */
export async function startRelays(
  settings: Settings,
  gates: Gates,
  shareAnswers: boolean[],
): Promise<{ places: RelayedPlaces; close: () => void }> {
  const [postgresPort = 0, solanaPort = 0] = await freePorts(2);
  const parties = partyList.parse(JSON.parse(partyAddresses(settings)));
  const places = parties.map((party) => ({
    ...party,
    rpc: `unix:${join(sandboxFolder(settings.data), `relay-${party.name}.sock`)}`,
  }));
  const pathOf = ({ rpc }: { rpc: string }): { socketPath: string } => ({
    socketPath: rpc.slice('unix:'.length),
  });
  const relays = await Promise.all([
    startPostgresRelay({ listen: postgresPort, target: settings.ports.postgres }, gates, marks),
    startHttpRelay({
      listen: { port: solanaPort },
      target: { port: settings.ports.solana },
      gates,
      labelOf: (_path, body) => `solana ${question.parse(JSON.parse(body)).method}`,
    }),
    ...parties.map((party, place) =>
      startHttpRelay({
        listen: pathOf(places[place] ?? party),
        target: pathOf(party),
        gates,
        labelOf: (path) => `${party.name} ${path}`,
        onReply: (label, body) => {
          if (label === shareOf(party.name)) shareAnswers.push(answered.parse(JSON.parse(body)).ok);
        },
      }),
    ),
  ]);
  return {
    places: {
      parties: JSON.stringify(places),
      solanaRpc: `http://127.0.0.1:${solanaPort}`,
      postgresPort,
    },
    close: () => {
      for (const relay of relays) relay.close();
    },
  };
}
