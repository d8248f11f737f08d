/** Suites of keys as people choose between them. Pure. */
import type { KeySuite } from '#lib/protocol/suites.ts';

const words: Readonly<Record<KeySuite, { name: string; hint: string }>> = {
  'FROST-ED25519-SHA512-v1': {
    name: 'Ed25519, signed with FROST',
    hint: 'What Solana takes.',
  },
  'FROST-secp256k1-SHA256-TR-v1': {
    name: 'Taproot (P2TR), signed with FROST',
    hint: 'Small transactions, two rounds, and the only one of Bitcoin that a cold vault can have.',
  },
  'DKLS23-secp256k1-SHA256-v1': {
    name: 'ECDSA, signed with DKLs23',
    hint: 'Three rounds between parties that are on. On Bitcoin its addresses are P2WPKH, which every wallet can pay.',
  },
};

const isKnown = (text: string): text is KeySuite => Object.hasOwn(words, text);

/** Of a text on record; what is not known stays as it is. */
export const suiteNameOf = (text: string): string => (isKnown(text) ? words[text].name : text);

export const suiteName = (suite: KeySuite): string => words[suite].name;
export const suiteHint = (suite: KeySuite): string => words[suite].hint;
