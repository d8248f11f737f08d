/**
 * Measures how fast statements are verified, beside the bare signature check of the same kind of
 * key. Turn by turn in short slices, so that whatever else the machine does falls on both alike.
 */
import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { challengeOf } from './statement.ts';
import { keys, ORIGIN, RP_ID, say, withdrawal, type Name } from './testing/sample.ts';
import { checkAssertion } from './webauthn.ts';

/** Checks a second, one number for each slice. */
export type VerificationRates = { statements: number[]; bare: number[] };

export type StatementBench = { es256: VerificationRates; eddsa: VerificationRates };

/** Whose sample key is of which kind. */
const SPEAKERS = { es256: 'raisa', eddsa: 'adam' } as const satisfies Record<string, Name>;

/** Everything a party checks about one statement's key press, from its canonical text on. */
function statementCheck(name: Name): () => void {
  const { statement, assertion } = say(name, 'approve', withdrawal);
  const { credentialId: id, publicKey, backupEligible } = keys[name];
  const credential = { id, publicKey, backupEligible, signCount: 0 };
  return () => {
    const verdict = checkAssertion({
      credential,
      response: assertion,
      expected: { challenge: challengeOf(statement), origin: ORIGIN, rpId: RP_ID },
      rules: { allowSynced: true, checkCounter: false },
    });
    if (!verdict.ok) throw new Error(verdict.refusal);
  };
}

type Pair = { publicKey: KeyObject; privateKey: KeyObject };

/** Node's own verification with a key that was imported once: what no check can be faster than. */
function bareCheck({ publicKey, privateKey }: Pair, hash: 'sha256' | null): () => void {
  // An authenticator signs 37 bytes of its own and the hash of the client data.
  const signed = Buffer.alloc(69, 7);
  const signature = sign(hash, signed, privateKey);
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  return () => {
    if (!verify(hash, signed, key, signature)) throw new Error('The signature must verify.');
  };
}

function rate(check: () => void, ms: number): number {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ms) {
    check();
    count += 1;
  }
  return (count / (performance.now() - start)) * 1000;
}

function compare(
  statement: () => void,
  bare: () => void,
  { slices, sliceMs }: { slices: number; sliceMs: number },
): VerificationRates {
  const rates: VerificationRates = { statements: [], bare: [] };
  rate(statement, sliceMs);
  rate(bare, sliceMs);
  for (let slice = 0; slice < slices; slice += 1) {
    rates.statements.push(rate(statement, sliceMs));
    rates.bare.push(rate(bare, sliceMs));
  }
  return rates;
}

/** Verifies in this process, one check after the other; takes `4 × slices × sliceMs`. */
export function benchStatements({ slices = 20, sliceMs = 60 } = {}): StatementBench {
  const of = { slices, sliceMs };
  return {
    es256: compare(
      statementCheck(SPEAKERS.es256),
      bareCheck(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256'),
      of,
    ),
    eddsa: compare(
      statementCheck(SPEAKERS.eddsa),
      bareCheck(generateKeyPairSync('ed25519'), null),
      of,
    ),
  };
}
