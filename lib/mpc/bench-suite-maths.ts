/** What signing a part of a payment costs in one process, which what parties do is measured beside. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import type { SigningPart } from '#lib/chains/decoded.ts';
import {
  aggregateAndVerify,
  dealtKey,
  signInOneProcess,
  type Aggregate,
  type DealtKey,
} from './bench-one-process.ts';
import { dealSigners, freshSubject, runSigning, type Dealt } from './dkls/testing/signers.ts';
import { groupAt, keyAt, shareAt } from './frost/derive.ts';
import { publicKeyOf } from './frost/group.ts';
import { signingScheme } from './frost/scheme.ts';
import { combineShares } from './frost/signing.ts';
import { suiteOf } from './frost/suite.ts';
import { fromHex } from './wire/encoding.ts';
import { segwitKey, taprootKey } from './testing/organisation.ts';

/** Of the vaults that pay here: one coin. */
export const BITCOIN_CAP = { asset: 'BTC', perOperation: '100000000' };

/** Each signs one part, by keys of its own. */
export type Maths = {
  /** Both holders of a threshold key, one step after the other. */
  oneProcess: (part: SigningPart) => void;
  /** The same in the parties' own quicker way, where there is one. */
  oneProcessQuick: ((part: SigningPart) => void) | null;
  /** An ordinary private key, by noble. */
  singleKey: (part: SigningPart) => void;
};

function taprootMaths(): Maths {
  const suite = suiteOf(taprootKey.suite);
  const scheme = signingScheme(taprootKey.suite);
  if (!scheme) throw new Error('The suite signs with FROST.');
  const key = dealtKey(suite);
  const secret = schnorr.utils.randomSecretKey();
  const publicKey = publicKeyOf(key.group);
  const sharesAt = (part: SigningPart, at: () => DealtKey['group']): DealtKey['holders'] =>
    key.holders.map(({ index, signingShare, group }) => ({
      index,
      signingShare: shareAt(suite, group, signingShare, part),
      group: at(),
    }));
  return {
    oneProcess: (part) => {
      // Both holders and whoever adds up work the key at this place out for themselves.
      const derived = () => groupAt(suite, key.group, part);
      const holders = sharesAt(part, derived);
      const message = fromHex(part.bytes);
      signInOneProcess({ group: derived(), holders }, scheme, message, aggregateAndVerify);
    },
    oneProcessQuick: (part) => {
      // What they sign under is the public key alone; verifying shares are for naming a cheater.
      const at = keyAt(suite, publicKey, part);
      const group = { ...key.group, commitments: [at] };
      const combine: Aggregate = (of) => {
        const signature = combineShares({ ...of, publicKey: at });
        if (!signature) throw new Error('The signature must verify.');
        return signature;
      };
      const holders = sharesAt(part, () => group);
      signInOneProcess({ group, holders }, scheme, fromHex(part.bytes), combine);
    },
    singleKey: (part) => void schnorr.sign(fromHex(part.bytes), secret),
  };
}

function ecdsaMaths(): Maths {
  const dealt: Dealt = dealSigners(3, 2);
  const secret = secp256k1.utils.randomSecretKey();
  return {
    oneProcess: (part) => {
      const subject = freshSubject(dealt, [1, 2], fromHex(part.bytes));
      for (const outcome of runSigning(dealt, subject).values())
        if (!outcome.ok) throw new Error(outcome.refusal);
    },
    oneProcessQuick: null,
    singleKey: (part) =>
      void secp256k1.sign(fromHex(part.bytes), secret, { prehash: false, lowS: true }),
  };
}

export const benchedSuites = {
  bip340: { key: taprootKey, account: 'p2tr', coinsMax: 64, maths: taprootMaths },
  ecdsa: { key: segwitKey, account: 'p2wpkh', coinsMax: 16, maths: ecdsaMaths },
} as const;
export type BenchedSuite = keyof typeof benchedSuites;
