/**
 * Assets outside the registry: tokens that anybody can send to an address of ours. Each has a code made of its
 * chain and its address there, so that books can be kept in it. Pure.
 */
import { assetFacts } from './assets.ts';

const shape = /^UNK[A-Z2-7]{9}$/;

/** Whether a code in the books stands for an asset that the registry does not know. */
export const isUnknownAsset = (code: string): boolean => shape.test(code);

/**
 * Digits after the point in what people read. What a token claims of itself is nobody's word, so one that is
 * not known is told in its smallest unit.
 * @throws for a code that is neither: a broken invariant.
 */
export const decimalsShown = (code: string): number =>
  isUnknownAsset(code) ? 0 : assetFacts(code).decimals;
