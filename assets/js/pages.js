// Rows of a long list, fetched by pages around what shows and forgotten far from it. How they are fetched is given; it touches no element.

/**
 * @template T
 * @typedef {object} Pages
 * @property {(index: number) => T | undefined} get a row, if it is here
 * @property {(index: number, row: T) => void} set puts another row in its place, if it is here
 * @property {(match: (row: T) => boolean) => number} indexOf place of the first row here that matches, else −1
 * @property {(first: number, end: number) => Promise<void>} ensure fetches what lacks in `[first, end)` and, without waiting, the pages before and after
 * @property {() => void} clear forgets all; answers on their way are dropped
 * @property {() => number} held how many rows are here
 */

/**
 * @template T
 * @param {(start: number, count: number) => Promise<{ start: number, rows: T[] }>} fetchPage
 * @param {(start: number, end: number) => void} loaded called with the rows that came
 * @param {{ size?: number, most?: number, total: () => number }} options rows of a page; rows kept at most
 * @returns {Pages<T>}
 */
export function createPages(fetchPage, loaded, { size = 200, most = 4000, total }) {
  /** Pages in the order of their last use, oldest first. @type {Map<number, T[]>} */
  const pages = new Map();
  /** @type {Map<number, Promise<void>>} */
  const coming = new Map();
  let generation = 0;

  /** @param {number} page @returns {Promise<void>} */
  const load = (page) => {
    if (page < 0 || page * size >= total()) return Promise.resolve();
    const here = pages.get(page);
    if (here) {
      pages.delete(page);
      pages.set(page, here);
      return Promise.resolve();
    }
    const waiting = coming.get(page);
    if (waiting) return waiting;
    const born = generation;
    const promise = fetchPage(page * size, size)
      .then((answer) => {
        if (born !== generation) return;
        pages.set(page, answer.rows);
        while (pages.size * size > most) pages.delete(/** @type {number} */ (pages.keys().next().value));
        loaded(answer.start, answer.start + answer.rows.length);
      })
      .finally(() => {
        if (born === generation) coming.delete(page);
      });
    coming.set(page, promise);
    return promise;
  };

  return {
    get: (index) => pages.get(Math.floor(index / size))?.[index % size],
    set(index, row) {
      const page = pages.get(Math.floor(index / size));
      if (page && index % size < page.length) page[index % size] = row;
    },
    indexOf(match) {
      for (const [page, rows] of pages) {
        const at = rows.findIndex(match);
        if (at >= 0) return page * size + at;
      }
      return -1;
    },
    async ensure(first, end) {
      const [from, to] = [Math.floor(first / size), Math.floor(Math.max(first, end - 1) / size)];
      const needed = [];
      for (let page = from; page <= to; page++) needed.push(load(page));
      await Promise.all(needed);
      load(to + 1).catch(() => {});
      load(from - 1).catch(() => {});
    },
    clear() {
      generation++;
      pages.clear();
      coming.clear();
    },
    held: () => [...pages.values()].reduce((sum, rows) => sum + rows.length, 0),
  };
}
