// Where a segment is to be cut, from a text into which somebody pressed Enter. No elements here.

/** Where line ends were put into a text that is otherwise unchanged: UTF-16 offset, else −1. @param {string} before @param {string} after @param {number} least how many line ends */
export function splitPlace(before, after, least) {
  const added = after.length - before.length;
  if (added < least) return -1;
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return /^\n+$/.test(after.slice(at, at + added)) && after.slice(at + added) === before.slice(at) ? at : -1;
}
