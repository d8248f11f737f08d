/** How what keys of a suite sign is verified, whichever way it was made. */
import type { KeySuite } from '#lib/protocol/suites.ts';
import { verifyEcdsa } from '../dkls/verify.ts';
import { fromHex } from '../wire/encoding.ts';
import { signingScheme, type Scheme } from './scheme.ts';

/** As the suite's chains verify: 64 bytes with FROST, 65 with the recovery id for ECDSA. Never throws. */
export const verifierOf = (suite: KeySuite): Scheme['verify'] =>
  signingScheme(suite)?.verify ??
  ((publicKey, message, signature) => verifyEcdsa(fromHex(publicKey), message, signature));
