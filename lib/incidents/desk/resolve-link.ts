import type { Tx } from '#lib/platform/db/transaction.ts';
import type { LinkKind } from './life.ts';

type Look = (tx: Tx, ref: string) => Promise<{ number: string } | null>;

const numbered = { number: true } as const;
/** Records of the resilience area by their number; that area keeps them, the database knows them. */
const record =
  (kind: string): Look =>
  async (tx, ref) => {
    const [row] = await tx.$queryRaw<{ number: string }[]>`
      select number from resilience_record where kind = ${kind} and (number = ${ref} or ref = ${ref}) limit 1`;
    return row ?? null;
  };

const looks: Readonly<Record<LinkKind, Look>> = {
  operation: (tx, number) => tx.operation.findUnique({ where: { number }, select: numbered }),
  break: (tx, number) => tx.breakRecord.findUnique({ where: { number }, select: numbered }),
  incident: (tx, number) => tx.incident.findUnique({ where: { number }, select: numbered }),
  vault: async (tx, name) => {
    const found = await tx.vault.findFirst({ where: { name }, select: { name: true } });
    return found && { number: found.name };
  },
  journal: async (tx, id) => {
    if (!/^\d{1,18}$/.test(id)) return null;
    const found = await tx.journal.findUnique({ where: { id: BigInt(id) }, select: { id: true } });
    return found && { number: found.id.toString() };
  },
  asset: record('asset'),
  function: record('function'),
  provider: record('provider'),
  contract: record('contract'),
  finding: record('finding'),
  risk: record('risk'),
  breach: (tx, number) =>
    tx.privacyBreachStanding.findUnique({ where: { number }, select: numbered }),
};

/** The number under which it is on record; null when it is not. */
export async function resolveLink(tx: Tx, kind: LinkKind, ref: string): Promise<string | null> {
  return (await looks[kind](tx, ref))?.number ?? null;
}
