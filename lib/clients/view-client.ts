/** One client: agreements, where what it is owed lies, and what is open about it. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { agreementAt, agreementFinding, type AgreementFinding } from './agreements/agreement.ts';
import { loadAgreements, type RecordedAgreement } from './agreements/load-agreements.ts';
import { loadMatters, type ClientMatters } from './client-matters.ts';
import { loadDepositAddresses, type ClientDeposits } from './deposit-addresses.ts';
import { policyInForce } from './policy/policy-in-force.ts';

export type AgreementView = Omit<RecordedAgreement, 'registeredBy'> & {
  registeredBy: string;
  isInForce: boolean;
};

export type ClientView = ClientMatters & {
  client: string;
  agreements: AgreementView[];
  finding: AgreementFinding | null;
  balances: { asset: string; posted: string; held: string }[];
  /** Who the client is, and who stands behind it; null for those who may not look at people. */
  people: { person: string; role: string; isOver: boolean }[] | null;
  /** Versions of the custody policy that an agreement may name, newest first. */
  policyVersions: number[];
  deposits: ClientDeposits;
  canWrite: boolean;
  serverNow: string;
};

/** A client has no more. */
const peopleMax = 200;

export async function viewClient(
  actor: Actor,
  client: string,
  context: Context,
): Promise<Result<ClientView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const { db } = context;
  const unknown = refuse('client-unknown', 'No client has this number.');
  if (!clientId.safeParse(client).success) return unknown;
  const row = await db.client.findUnique({
    where: { id: client },
    select: { id: true, createdAt: true },
  });
  if (!row) return unknown;
  const now = context.clock();
  const [agreements, policy, balances, nameOf, matters, deposits, ties] = await Promise.all([
    loadAgreements(db, [client]),
    policyInForce(db),
    clientBalances(db, { client, limit: 200 }),
    operatorNames(db),
    loadMatters(db, row, now),
    loadDepositAddresses(client, context),
    actor.scopes.has('person:view')
      ? db.personTie.findMany({
          where: { clientId: client },
          orderBy: [{ since: 'asc' }, { personId: 'asc' }],
          take: peopleMax,
        })
      : null,
  ]);
  const current = agreementAt(agreements, now);
  return ok({
    ...matters,
    client,
    agreements: agreements.map((agreement) => ({
      ...agreement,
      parties: agreement.parties && shownText(agreement.parties),
      document: agreement.document && shownText(agreement.document),
      registeredBy: nameOf(agreement.registeredBy),
      isInForce: agreement.id === current?.id,
    })),
    finding: agreementFinding(agreements, policy?.version ?? null, now),
    balances: balances.map(({ asset, posted, held }) => ({
      asset,
      posted: amountText(posted, asset),
      held: amountText(held, asset),
    })),
    people:
      ties?.map(({ personId, role, until }) => ({
        person: personId,
        role,
        isOver: until !== null,
      })) ?? null,
    policyVersions: Array.from({ length: policy?.version ?? 0 }, (_, index) => index + 1).reverse(),
    deposits,
    canWrite: actor.scopes.has('client:write'),
    serverNow: now.toISOString(),
  });
}
