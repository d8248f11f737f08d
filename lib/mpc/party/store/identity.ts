import { generateIdentitySecrets, identityFrom, type PartyIdentity } from '../../wire/identity.ts';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { SealError, type KeyEncryptionKey } from '../seal.ts';
import { bytesOf, textOf, type Database } from './database.ts';

const about = (party: string, identityKey: string, exchangeKey: string): Uint8Array =>
  lengthPrefixed('countersign/sealed-identity/v1', party, identityKey, exchangeKey);

/**
 * The party's identity, made at its first start.
 * @throws SealError under another key-encryption key or name than the one it was made with.
 */
export function loadOrMakeIdentity(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
): PartyIdentity {
  const row = database.one('select * from identity where id = 1');
  if (!row) return makeIdentity(database, kek, party);
  const [identityKey, exchangeKey] = [textOf(row, 'identity_key'), textOf(row, 'exchange_key')];
  const plain = kek.open(about(party, identityKey, exchangeKey), bytesOf(row, 'sealed'));
  const identity = identityFrom({ signing: plain.slice(0, 32), agreement: plain.slice(32) });
  plain.fill(0);
  if (identity.identityKey !== identityKey || identity.exchangeKey !== exchangeKey)
    throw new SealError();
  return identity;
}

function makeIdentity(database: Database, kek: KeyEncryptionKey, party: string): PartyIdentity {
  const secrets = generateIdentitySecrets();
  const identity = identityFrom(secrets);
  const plain = new Uint8Array(Buffer.concat([secrets.signing, secrets.agreement]));
  const sealed = kek.seal(about(party, identity.identityKey, identity.exchangeKey), plain);
  for (const secret of [secrets.signing, secrets.agreement, plain]) secret.fill(0);
  database.run(
    'insert into identity (id, identity_key, exchange_key, sealed) values (1, ?, ?, ?)',
    identity.identityKey,
    identity.exchangeKey,
    sealed,
  );
  return identity;
}
