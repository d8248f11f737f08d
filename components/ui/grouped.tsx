import { Fragment, type ReactNode } from 'react';
import { inGroups } from './format.ts';

/*
 * The gaps are margins on inline text, not spaces, and the breaks are <wbr>: so the eye gets groups
 * of four, and selecting or listening gets one unbroken text.
 */

export type AddressBlockProps = {
  address: string;
  /** `review` is the large one of a page on which somebody decides. */
  look?: 'review' | 'plain';
};

/** How the addresses of a network begin, all alike. */
const PREFIX = /^(?:0x|bc1|tb1|bcrt1)/;

/**
 * Groups at the beginning and at the end that people compare: one each, and two where the first holds what all addresses
 * begin with, or the last is cut short.
 */
export function edgesOf(address: string): { first: number; last: number } {
  return { first: PREFIX.test(address) ? 2 : 1, last: address.length % 4 === 0 ? 1 : 2 };
}

/** A full address in groups of four; those at both ends, which people compare, are marked. */
export function AddressBlock({ address, look = 'plain' }: AddressBlockProps) {
  const groups = inGroups(address);
  const gap = look === 'review' ? 'me-[1.4ch]' : 'me-[1ch]';
  const marked = 'border-b-2 border-accent pb-px';
  const edges = edgesOf(address);
  return (
    <span
      translate="no"
      className={`figures-mono ${look === 'review' ? 'text-md leading-7 font-medium' : 'leading-6'}`}
    >
      {groups.map((group, index) => {
        const last = index === groups.length - 1;
        const edge = index < edges.first || index >= groups.length - edges.last;
        return (
          <Fragment key={index}>
            <span className={`${last ? '' : gap} ${edge ? `font-strong ${marked}` : ''}`}>
              {group}
            </span>
            {!last && <wbr />}
          </Fragment>
        );
      })}
    </span>
  );
}

export type HashProps = {
  /** Lower-case hex, or any id that is read in groups of four. */
  value: string;
  /** Show only this many groups and an ellipsis, where the words or the whole stand beside it. */
  groups?: number;
};

/** A digest in groups of four. */
export function Hash({ value, groups }: HashProps) {
  const all = inGroups(value);
  const shown = groups === undefined ? all : all.slice(0, groups);
  return (
    <span translate="no" className="figures-mono leading-6 text-text-quiet">
      {shown.map((group, index) => (
        <Fragment key={index}>
          <span className="me-[1ch]">{group}</span>
          <wbr />
        </Fragment>
      ))}
      {shown.length < all.length && <span>…</span>}
    </span>
  );
}

export type DigestProps = {
  /** Lower-case hex, shown whole. */
  value: string;
  words: readonly string[];
  /** What stands behind the digest, such as a button that copies it. */
  children?: ReactNode;
};

/**
 * A digest as words, to be compared with another screen or read out over the telephone, and whole:
 * words are only its beginning, so they never stand alone.
 */
export function Digest({ value, words, children }: DigestProps) {
  return (
    <>
      <ol translate="no" aria-label="Words of the digest" className="flex flex-wrap gap-2">
        {words.map((word, index) => (
          <li
            key={index}
            className="figures-mono rounded-sm border border-line bg-sunken px-2 py-1 font-medium"
          >
            {word}
          </li>
        ))}
      </ol>
      <div className="mt-2 text-sm">
        <Hash value={value} />
        {children !== undefined && <> {children}</>}
      </div>
    </>
  );
}

/** An id people read as one word, such as an operation number. */
export function Code({ children }: { children: string }) {
  return (
    <span translate="no" className="figures-mono whitespace-nowrap">
      {children}
    </span>
  );
}
