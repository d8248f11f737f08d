/**
 * The decoders of the chains as functions of the contract: unsigned bytes and what a party knows of the
 * account, with examples and the answer that each must get. A chain adds one entry to the table.
 */
import { z } from 'zod';
import { bitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { decode as decodeBitcoin } from '#lib/chains/bitcoin/decode.ts';
import { DecodeError, type Decoded, type DecodeRefusal } from '#lib/chains/decoded.ts';
import { ethereumContext } from '#lib/chains/ethereum/context.ts';
import { decode as decodeEthereum } from '#lib/chains/ethereum/decode.ts';
import { solanaContext } from '#lib/chains/solana/context.ts';
import { decode as decodeSolana } from '#lib/chains/solana/decode.ts';
import { bitcoinEcdsaDecodings } from './examples/decode-bitcoin-ecdsa.ts';
import { bitcoinDecodings } from './examples/decode-bitcoin.ts';
import { ethereumDecodings } from './examples/decode-ethereum.ts';
import { solanaDecodings } from './examples/decode-solana.ts';
import type { Answered, Examples } from './examples/example.ts';

type DecodeAnswer = Decoded | { refusal: DecodeRefusal; detail: string };

export type DecodeExample<Context> = Answered<{ unsigned: string; context: Context }, DecodeAnswer>;

type DecoderContract = {
  schema: z.ZodType;
  title: string;
  examples: Examples<DecodeExample<unknown>>;
  answer: (input: unknown) => DecodeAnswer;
};

/** @param name of the chain, as people read it. */
export function decoderContract<Context>(of: {
  name: string;
  context: z.ZodType<Context>;
  decode: (unsigned: Uint8Array, context: Context) => Decoded;
  examples: Examples<DecodeExample<Context>>;
}): DecoderContract {
  const schema = z.strictObject({
    /** The bytes in hex. */
    unsigned: z.string().regex(/^(?:[0-9a-f]{2})*$/),
    context: of.context,
  });
  return {
    schema,
    title: `Input of the decoder of ${of.name}: unsigned bytes and what a party derived for the account`,
    examples: of.examples,
    answer: (input) => {
      const { unsigned, context } = schema.parse(input);
      try {
        return of.decode(Uint8Array.from(Buffer.from(unsigned, 'hex')), context);
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        return { refusal: error.refusal, detail: error.detail };
      }
    },
  };
}

/** By the name of the schema's file and of the folder of its examples. */
export const decoders: Readonly<Record<string, DecoderContract>> = {
  'decode-bitcoin': decoderContract({
    name: 'Bitcoin',
    context: bitcoinContext,
    decode: decodeBitcoin,
    examples: { ...bitcoinDecodings, ...bitcoinEcdsaDecodings },
  }),
  'decode-ethereum': decoderContract({
    name: 'Ethereum',
    context: ethereumContext,
    decode: decodeEthereum,
    examples: ethereumDecodings,
  }),
  'decode-solana': decoderContract({
    name: 'Solana',
    context: solanaContext,
    decode: decodeSolana,
    examples: solanaDecodings,
  }),
};
