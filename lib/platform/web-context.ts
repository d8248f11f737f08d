/** The web server's context, made once from its environment. */
import { systemClock } from './clock.ts';
import type { Context, Settings } from './context.ts';
import { databaseFor } from './db/client.ts';
import { webEnvironment, type SharedEnvironment } from './env.ts';
import { readCertificates } from './read-certificates.ts';

/** Settings for a process that registers no keys, so that it needs no makers' roots. */
export function settingsFrom(environment: SharedEnvironment): Settings {
  const { mode, organisation, origin, rpId, approvedModels, solanaRpc, nodes, sources } =
    environment;
  return {
    mode,
    organisation,
    origin,
    rpId,
    approvedModels,
    attestationRoots: [],
    solanaRpc,
    nodes,
    sources,
  };
}

let context: Context | null = null;

export function webContext(): Context {
  if (!context) {
    const environment = webEnvironment();
    context = {
      db: databaseFor(environment.databaseUrl),
      clock: systemClock,
      settings: {
        ...settingsFrom(environment),
        attestationRoots: readCertificates(environment.attestationRootsFile),
      },
    };
  }
  return context;
}

/** How the session cookie is sealed. It is bound to TLS wherever the console is served over TLS. */
export function webCookie(): { secret: string; secure: boolean } {
  const environment = webEnvironment();
  return { secret: environment.sessionSecret, secure: environment.origin.startsWith('https://') };
}
