/**
 * Names the header in which the proxy tells pages what path was asked for. It is overwritten on
 * every request, and is still only a wish: whoever uses it checks it.
 */
export const WANTED_PATH_HEADER = 'x-wanted-path';
