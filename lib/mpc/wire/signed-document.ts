/** Signatures of a party over a canonical document: the type before it keeps one kind from standing for another. */
import { canonicalize } from '#lib/protocol/intent.ts';
import { signBytes, verifyBytes, type PartyIdentity } from './identity.ts';
import { lengthPrefixed } from './tagged-hash.ts';

type Typed = { readonly type: string };

const bytesOf = (document: Typed): Uint8Array =>
  lengthPrefixed(document.type, canonicalize(document));

/** Hex Ed25519 signature by the party's identity key. */
export const signDocument = (identity: PartyIdentity, document: Typed): string =>
  signBytes(identity, bytesOf(document));

/** Never throws: a key or signature that doesn't parse verifies as false. */
export const verifyDocument = (identityKey: string, document: Typed, signature: string): boolean =>
  verifyBytes(identityKey, bytesOf(document), signature);
