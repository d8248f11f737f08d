/** One key as screens show it. Pure, so that a key of a signed roster is shown the same way. */
import { keyWords } from '#lib/protocol/fingerprints.ts';
import { modelName } from './key-models.ts';

export type KeyView = {
  /** WebAuthn credential id, base64url. */
  id: string;
  label: string;
  /** pending → active → revoked */
  status: string;
  /** A passkey that can be copied between devices. */
  synced: boolean;
  /** A key in software, which only the sandbox takes. */
  software: boolean;
  aaguid: string;
  model: string;
  /** Fingerprint of the public key as six words, to be compared in person. */
  words: string[];
  /** ISO instants. */
  createdAt: string;
  lastUsedAt: string | null;
};

/** A key of a person who works here, and whether the parties count it. */
export type HeldKeyView = KeyView & {
  /** Stands in the newest roster, so that the parties count it whatever its status here. */
  inRoster: boolean;
};

/** The credential's columns that screens need. */
export type KeyRow = {
  id: string;
  label: string;
  status: string;
  backupEligible: boolean;
  software: boolean;
  aaguid: string;
  publicKey: Uint8Array;
  createdAt: Date;
  lastUsedAt: Date | null;
};

export function keyView(row: KeyRow): KeyView {
  return {
    id: row.id,
    label: row.label,
    status: row.status,
    synced: row.backupEligible,
    software: row.software,
    aaguid: row.aaguid,
    model: modelName(row.aaguid),
    words: keyWords(row.publicKey),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
