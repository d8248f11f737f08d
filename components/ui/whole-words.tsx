import { Fragment } from 'react';

/** Breaks between words only: an id such as C-20418 is read whole. */
export function WholeWords({ children }: { children: string }) {
  return children.split(' ').map((word, index) => (
    <Fragment key={index}>
      {index > 0 && ' '}
      <span className="whitespace-nowrap">{word}</span>
    </Fragment>
  ));
}
