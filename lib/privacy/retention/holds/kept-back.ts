import type { Actor } from '#lib/identity/actor.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { mayReadContents } from '../../requests/may-read.ts';

/** Whom an investigation is about is for who works on it: the fewer know, the less is told on (Article 39 of Directive (EU) 2015/849). */
export const isKeptBack = (actor: Pick<Actor, 'scopes'>, ground: string): boolean =>
  ground === 'investigation' && !mayReadContents(actor);

export const keptBack = (): Refused<'kept-back'> =>
  refuse(
    'kept-back',
    'This hold is for an investigation. Whom it is about is for the data protection officer and for who decides.',
  );
