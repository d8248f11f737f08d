/** Everything that a party with a network answers the console. */
import { rpc } from '../wire/rpc.ts';
import type { Endpoint, Endpoints } from './json-http.ts';
import { longEndpoints } from './long-handlers.ts';
import { endpoints as promptEndpoints } from './rpc-handlers.ts';
import { warmCurves } from './warm-curves.ts';

/** What work on a key begins with. */
const firstOnes: ReadonlySet<string> = new Set(
  [rpc.ceremonyBegin, rpc.refreshBegin, rpc.repairBegin, rpc.signBegin].map(({ path }) => path),
);

const warmed = ({ maxBytes, answer }: Endpoint): Endpoint => ({
  maxBytes,
  answer: async (party, body) => {
    await warmCurves();
    return answer(party, body);
  },
});

/** By path. */
export const endpoints: Endpoints = new Map(
  [...promptEndpoints, ...longEndpoints].map(([path, endpoint]) => [
    path,
    firstOnes.has(path) ? warmed(endpoint) : endpoint,
  ]),
);
