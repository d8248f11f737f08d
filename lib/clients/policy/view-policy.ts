/** The custody policy: its versions, the summary, and who asked for it. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { listClientIds } from '../list-client-ids.ts';
import { lastStep, textOf, type Case } from '../register/cases.ts';
import { loadCases } from '../register/load-cases.ts';
import { summaryDocument } from './summary-document.ts';

export type PolicyRequestView = {
  id: string;
  number: string;
  client: string | null;
  recipient: string | null;
  receivedAt: string;
  sent: { at: string; policyVersion: number; digest: string } | null;
};

export type PolicyView = {
  versions: { version: number; adoptedOn: string; digest: string; recordedBy: string }[];
  /** The version that is shown in full: the one asked for, or the newest. */
  shown: { version: number; text: string; summary: string; document: string } | null;
  requests: PolicyRequestView[];
  /** Clients to choose from where a request is noted. */
  clients: string[];
  canWrite: boolean;
};

const versionsMax = 200;
const requestsMax = 100;
const requestFacts = z.strictObject({ receivedAt: z.string() });
const sentFacts = z.strictObject({ policyVersion: z.int(), digest: z.string() });

/** @param input.version the version to show in full; anything else shows the newest. */
export async function viewPolicy(
  actor: Actor,
  input: { version: string | null },
  context: Context,
): Promise<Result<PolicyView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const { db, settings } = context;
  const [versions, requests, nameOf, clients] = await Promise.all([
    db.custodyPolicy.findMany({
      orderBy: { version: 'desc' },
      take: versionsMax,
      select: { version: true, adoptedOn: true, digest: true, recordedBy: true },
    }),
    loadCases(db, { register: 'policy-request', limit: requestsMax }),
    operatorNames(db),
    listClientIds(db),
  ]);
  const wanted = versions.find(({ version }) => String(version) === input.version) ?? versions[0];
  const full =
    wanted && (await db.custodyPolicy.findUnique({ where: { version: wanted.version } }));
  return ok({
    versions: versions.map(({ version, adoptedOn, digest, recordedBy }) => ({
      version,
      digest,
      adoptedOn: dayOf(adoptedOn),
      recordedBy: nameOf(recordedBy),
    })),
    shown: full
      ? {
          version: full.version,
          text: full.text,
          summary: full.summary,
          document: summaryDocument({
            organisation: settings.organisation,
            version: full.version,
            adoptedOn: dayOf(full.adoptedOn),
            summary: full.summary,
          }),
        }
      : null,
    requests: requests.map(requestView),
    clients,
    canWrite: actor.scopes.has('client:write'),
  });
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function requestView(found: Case): PolicyRequestView {
  const { id, number, client } = found;
  const recipient = textOf(found, 'recipient');
  const sent = lastStep(found, 'sent');
  return {
    id,
    number,
    client,
    ...requestFacts.parse(found.facts),
    recipient: recipient && shownText(recipient),
    sent: sent && { at: sent.at, ...sentFacts.parse(sent.facts) },
  };
}
