/** Which file imports which, and which files work without a server. */
import { posix } from 'node:path';
import type { ModuleImport, SourceFile } from './read-file.ts';

/**
 * Packages and built-in modules that exist on a server only, or that build and read transactions: people are shown
 * what the server decoded, and a page with such a library in it would weigh more than all the rest.
 */
const NEEDS_SERVER =
  /^(?:node:|viem(?:$|\/)|@scure\/btc-signer|@solana\/kit$|bitcore-lib$|server-only$|pg$|pino$|next-auth|next\/(?:headers|server|cache)$|@prisma\/|@simplewebauthn\/server)/;

/** The file of ours that an import names, or null for a package. */
export function resolveImport(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  return null;
}

export type Purity = {
  isPure: (path: string) => boolean;
  /** The imports that lead from a file to something of a server; empty for a pure file. */
  wayToServer: (path: string) => string[];
};

const needsServer = (item: ModuleImport): boolean =>
  !item.isTypeOnly && NEEDS_SERVER.test(item.specifier);

/**
 * A file is pure when nothing it loads, however far down, needs a server. Server actions count as
 * pure from outside: the browser gets only their address.
 */
export function findPurity(files: ReadonlyMap<string, SourceFile>): Purity {
  const known = new Map<string, string[]>();
  const wayToServer = (path: string): string[] => {
    const before = known.get(path);
    if (before) return before;
    // Set first, so that a cycle ends here; the linter reports cycles.
    known.set(path, []);
    const way = search(path);
    known.set(path, way);
    return way;
  };
  const search = (path: string): string[] => {
    const file = files.get(path);
    if (!file || file.directives.includes('use server')) return [];
    const culprit = file.imports.find(needsServer);
    if (culprit) return [path, culprit.specifier];
    for (const { specifier, isTypeOnly } of file.imports) {
      const target = isTypeOnly ? null : resolveImport(path, specifier);
      const rest = target === null ? [] : wayToServer(target);
      if (rest.length > 0) return [path, ...rest];
    }
    return [];
  };
  return { isPure: (path) => wayToServer(path).length === 0, wayToServer };
}
