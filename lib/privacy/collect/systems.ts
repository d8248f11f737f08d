/**
 * Every system that is searched for a person, with what it holds of them. Ledger, operations, destinations, statements
 * and registers are a person's data where the person is the client; who acts for a client or owns it has their own
 * values, ties and acts, and nothing of the client's. Each is read by indexes alone, which a test asserts.
 */
import { destinations, incidents, operations, registers, statements } from './client-systems.ts';
import { ledger } from './movements.ts';
import { access, requests, signed, texts } from './own-systems.ts';
import { consents } from './consents.ts';
import { breaches, corrections, files, restrictions, stops } from './rights-systems.ts';
import type { System } from './system.ts';
import { looks, ties, vault } from './vault-systems.ts';

export const systems = {
  vault,
  looks,
  ties,
  ledger,
  operations,
  destinations,
  statements,
  registers,
  incidents,
  texts,
  requests,
  files,
  corrections,
  restrictions,
  consents,
  stops,
  breaches,
  signed,
  access,
} as const satisfies Record<string, System>;
export type SystemCode = keyof typeof systems;

export const systemCodes = Object.keys(systems) as SystemCode[];
export const isSystemCode = (code: string): code is SystemCode => Object.hasOwn(systems, code);
export const systemOf = (code: SystemCode): System => systems[code];
