import type { Tx } from '#lib/platform/db/transaction.ts';
import type { LinkKind } from '../desk/life.ts';

/** Records of the resilience area, by what they are called where they have a name. */
const named: readonly LinkKind[] = ['asset', 'function', 'provider', 'contract'];

/** Names of what is linked, by its kind; what has none stands by its number. */
export async function loadNamesOf(
  tx: Tx,
  links: readonly { kind: LinkKind; ref: string }[],
): Promise<Map<LinkKind, string[]>> {
  const found = new Map<LinkKind, string[]>();
  for (const kind of named) {
    const refs = links.filter((link) => link.kind === kind).map(({ ref }) => ref);
    if (refs.length === 0) continue;
    const rows = await tx.$queryRaw<{ number: string; name: string | null }[]>`
      select r.number, c.facts ->> 'name' as name
        from resilience_record r join resilience_current c on c.record_id = r.id
        where r.kind = ${kind} and r.number = any(${refs})`;
    const names = new Map(rows.map(({ number, name }) => [number, name ?? number]));
    found.set(
      kind,
      refs.map((ref) => names.get(ref) ?? ref),
    );
  }
  return found;
}
