/**
 * FROST(Ed25519, SHA-512) of RFC 9591, put together from noble's construction kit.
 *
 * Noble's ready-made `ed25519_FROST` is the same suite with a hook that checks every received point
 * for torsion a second time, which is most of what a signature costs. `createFROST` itself makes
 * that check (and those for validity and identity) on each point it parses; the tests hold this
 * suite against the published vectors, against the ready-made one and against bad points.
 */
import { createFROST } from '@noble/curves/abstract/frost.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';

/** Name of the suite in documents and hashes. */
export const suite = 'FROST-ED25519-SHA512-v1';

/** RFC 9591 6.1 leaves H2 undecorated, so that signatures verify as plain Ed25519. */
export const frost = createFROST({ name: suite, Point: ed25519.Point, hash: sha512, H2: '' });
