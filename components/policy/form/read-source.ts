/** A source of facts as somebody names it in a form: the source, or what is wrong. Pure. */
import type { FactSource } from '#lib/protocol/policy.ts';
import type { PolicyForm } from './policy-form.ts';

export type SourceForm = { name: string; fact: FactSource['fact']; publicKey: string };
export type SourceFaults = Partial<Record<'name' | 'publicKey', string>>;

export type SourceReading =
  | { ok: true; source: PolicyForm['sources'][number] }
  | { ok: false; faults: SourceFaults };

/** Five minutes: within its highest age whoever relays a word chooses which one is shown. */
const firstAge = { count: '5', unit: 60 };

const nameShape = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const keyShape = /^[0-9a-f]{64}$/;
/** Most sources that a policy names. */
const sourcesMost = 32;

export function readSource(form: SourceForm, others: PolicyForm['sources']): SourceReading {
  const name = form.name.trim();
  const publicKey = form.publicKey.trim().toLowerCase();
  const faults: SourceFaults = {};
  if (!nameShape.test(name))
    faults.name = 'Write a short name in lower case letters, digits and hyphens, such as prices-1.';
  else if (others.some((other) => other.name === name))
    faults.name = 'Another source has this name.';
  else if (others.length >= sourcesMost)
    faults.name = `A policy names at most ${sourcesMost} sources.`;
  if (!keyShape.test(publicKey))
    faults.publicKey = 'Paste the Ed25519 key as the source gave it to you: 64 digits from 0 to f.';
  else if (others.some((other) => other.publicKey === publicKey))
    faults.publicKey = 'Another source has this key, so nobody could tell them apart.';
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return { ok: true, source: { name, fact: form.fact, publicKey, maxAge: firstAge } };
}
