/** Everything that a party with a network answers the console. */
import type { Endpoints } from './json-http.ts';
import { longEndpoints } from './long-handlers.ts';
import { endpoints as promptEndpoints } from './rpc-handlers.ts';

/** By path. */
export const endpoints: Endpoints = new Map([...promptEndpoints, ...longEndpoints]);
