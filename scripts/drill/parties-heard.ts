/** What the parties said of themselves when the worker asked last, as the console shows it; and its health. */
import { z } from 'zod';
import type { SandboxDrill } from './sandbox-drill.ts';

const report = z.discriminatedUnion('ok', [
  z.looseObject({
    ok: z.literal(true),
    status: z.looseObject({
      heads: z.looseObject({ roster: z.string().nullable(), policy: z.string().nullable() }),
      peers: z.array(z.looseObject({ name: z.string(), agrees: z.boolean().nullable() })),
    }),
  }),
  z.looseObject({ ok: z.literal(false), refusal: z.string() }),
]);

/**
 * Heads of roster and policy that all of `names` have in common, by reports made after `since`; null while one of them
 * is silent, or says something else, or holds another for one that says something else.
 */
export async function commonHeads(
  { context }: Pick<SandboxDrill, 'context'>,
  names: readonly string[],
  since: Date,
): Promise<{ roster: string; policy: string } | null> {
  const rows = await context.db.partyReport.findMany({
    where: { party: { in: [...names] }, at: { gt: since } },
  });
  if (rows.length < names.length) return null;
  const heads = rows.map(({ status }) => {
    const said = report.parse(status);
    if (!said.ok) return null;
    const others = said.status.peers.filter(({ name }) => names.includes(name));
    if (others.some(({ agrees }) => agrees !== true)) return null;
    const { roster, policy } = said.status.heads;
    return roster === null || policy === null ? null : { roster, policy };
  });
  const [first] = heads;
  if (!first) return null;
  const isCommon = heads.every(
    (one) => one !== null && one.roster === first.roster && one.policy === first.policy,
  );
  return isCommon ? first : null;
}

/** Why a party is silent by a report made after `since`; null while none says so. */
export async function saidSilent(
  { context }: Pick<SandboxDrill, 'context'>,
  party: string,
  since: Date,
): Promise<string | null> {
  const row = await context.db.partyReport.findFirst({ where: { party, at: { gt: since } } });
  const said = row && report.parse(row.status);
  return said && !said.ok ? said.refusal : null;
}

const health = z.looseObject({ status: z.string(), parties: z.record(z.string(), z.string()) });
const answerMs = 5_000;

/** What the console says of itself; null where it does not answer. */
export async function askHealth({
  settings,
}: Pick<SandboxDrill, 'settings'>): Promise<z.infer<typeof health> | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${settings.ports.web}/api/health`, {
      signal: AbortSignal.timeout(answerMs),
    });
    return health.parse(await response.json());
  } catch {
    return null;
  }
}
