/** What the three messages of signing carry behind their header, field by field. */
import { TRANSFERS } from '../base-ot/instance.ts';
import { joined, type FieldReader } from '../bytes.ts';
import { COLUMN, COLUMNS, type ExtensionMessage } from '../extension/matrix.ts';
import { FIELD_BYTES } from '../extension/field.ts';
import {
  POINT,
  pointBytes,
  pointFrom,
  SCALAR,
  scalarBytes,
  scalarFrom,
  scalarsFrom,
  type Point,
} from '../scalars.ts';
import { CHECKS } from '../vole/gadget.ts';
import { CORRECTIONS, type ProductMessage } from '../vole/multiply-alice.ts';
import { HEADER } from './header.ts';

const MASKED = COLUMNS * COLUMN;
const COLUMN_PROOF = TRANSFERS * FIELD_BYTES;
const CHECK_SUMS = CHECKS * SCALAR;

/** Bytes of each message, with its header. */
export const SIGN_MESSAGE = {
  1: HEADER + 32 + MASKED + FIELD_BYTES + COLUMN_PROOF,
  2: HEADER + 32 + POINT + 32 + POINT + CORRECTIONS + CHECK_SUMS + 32 + 2 * POINT + SCALAR,
  3: HEADER + 2 * SCALAR,
} as const;

/** Commitment to the nonce's point, and the first half of a multiplication with the recipient. */
export type FirstMessage = { commitment: Uint8Array; extension: ExtensionMessage };

export const writeFirst = ({ commitment, extension }: FirstMessage): Uint8Array =>
  joined(commitment, extension.masked, extension.choiceProof, extension.columnProof);

export const readFirst = (reader: FieldReader): FirstMessage => ({
  commitment: reader.take(32),
  extension: {
    masked: reader.take(MASKED),
    choiceProof: reader.take(FIELD_BYTES),
    columnProof: reader.take(COLUMN_PROOF),
  },
});

export type SecondMessage = {
  /** Hash of the commitments of all, as the sender was told them. */
  echo: Uint8Array;
  /** R: the nonce's point, and what opens its commitment. */
  nonce: Point;
  blind: Uint8Array;
  /** The sender's additive share of the key, times G. */
  keyShare: Point;
  product: ProductMessage;
  /** Γ: the sender's shares of both products, times G. */
  productPoints: [Point, Point];
  /** ψ: its φ less what it multiplied the recipient's values by. */
  difference: bigint;
};

export const writeSecond = (of: SecondMessage): Uint8Array =>
  joined(
    of.echo,
    pointBytes(of.nonce),
    of.blind,
    pointBytes(of.keyShare),
    of.product.corrections,
    of.product.checkSums,
    of.product.digest,
    ...of.productPoints.map(pointBytes),
    scalarBytes(of.difference),
  );

/** @throws on a point off the curve, the identity, or a number that is not below the order. */
export function readSecond(reader: FieldReader): SecondMessage {
  const echo = reader.take(32);
  const nonce = pointFrom(reader.take(POINT));
  const blind = reader.take(32);
  const keyShare = pointFrom(reader.take(POINT));
  const product = {
    corrections: reader.take(CORRECTIONS),
    checkSums: reader.take(CHECK_SUMS),
    digest: reader.take(32),
  };
  scalarsFrom(product.corrections);
  scalarsFrom(product.checkSums);
  const productPoints: [Point, Point] = [
    pointFrom(reader.take(POINT)),
    pointFrom(reader.take(POINT)),
  ];
  return {
    echo,
    nonce,
    blind,
    keyShare,
    product,
    productPoints,
    difference: scalarFrom(reader.take(SCALAR)),
  };
}

/** The sender's parts of the signature: u of r·φ, w of m·φ + r_x·key·φ. */
export type ThirdMessage = { below: bigint; above: bigint };

export const writeThird = ({ below, above }: ThirdMessage): Uint8Array =>
  joined(scalarBytes(below), scalarBytes(above));

export const readThird = (reader: FieldReader): ThirdMessage => ({
  below: scalarFrom(reader.take(SCALAR)),
  above: scalarFrom(reader.take(SCALAR)),
});
