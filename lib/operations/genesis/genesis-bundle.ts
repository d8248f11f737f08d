import type { Database } from '#lib/platform/db/client.ts';
import { genesisBundle, type GenesisBundle } from '#lib/protocol/genesis.ts';

/** A genesis document with every founder's statement, as parties take it. */
export async function loadGenesisBundle(
  row: { digest: string; document: string },
  db: Database,
): Promise<GenesisBundle> {
  const statements = await db.genesisStatement.findMany({ where: { digest: row.digest } });
  return genesisBundle.parse({
    document: JSON.parse(row.document),
    statements: statements.map(({ document, assertion }) => ({
      statement: JSON.parse(document),
      assertion,
    })),
  });
}
