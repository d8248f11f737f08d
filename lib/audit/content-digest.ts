import { digestOf } from '#lib/protocol/intent.ts';

/** Lower-case hex SHA-256 of a document's canonical text, for records that must be told apart by content. */
export const contentDigest = (document: unknown): string => digestOf(document);
