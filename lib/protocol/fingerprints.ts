/** Fingerprints that people compare by eye or read out: console and parties show the same words. Pure. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { digestOf } from './intent.ts';
import type { RosterParty } from './roster.ts';
import { digestWords } from './words.ts';

/**
 * Of a genesis document: twelve words (132 bits) of its digest. The console draws the document up
 * and could look for two that share fewer words: one for the founders, another for the parties.
 */
export const genesisWords = (digest: string): string[] => digestWords(digest, 12);

/** Of a person's key: six words from the SHA-256 of its COSE bytes, as rosters carry them. */
export const keyWords = (publicKey: Uint8Array): string[] =>
  digestWords(bytesToHex(sha256(publicKey)));

/** Of a party: six words over its name, its group and both keys it is known by. */
export const partyWords = ({
  name,
  group,
  identityKey,
  exchangeKey,
}: Omit<RosterParty, 'index'>): string[] =>
  digestWords(digestOf({ name, group, identityKey, exchangeKey }));
