// Long polling: what other windows and reviewers did. It waits only while the page is seen, since a waiting request holds one of the browser's six connections.
import { api, ApiError, search } from "./api.js";

const WAIT_SECONDS = 25;
/** Pause after a failure, ms: a server that went away is not hammered. */
const PAUSE = 3000;

/**
 * @param {() => number} seq the newest act known
 * @param {(changes: Changes) => void} arrived
 * @param {(online: boolean) => void} reach whether the server answers
 */
export function follow(seq, arrived, reach) {
  /** @type {AbortController | null} */
  let waiting = null;
  const loop = async () => {
    for (;;) {
      if (document.hidden) await shown();
      waiting = new AbortController();
      try {
        const changes = await api(`changes?${search({ since: seq(), wait: WAIT_SECONDS })}`, { signal: waiting.signal });
        reach(true);
        arrived(changes);
      } catch (error) {
        if (waiting.signal.aborted) continue;
        if (error instanceof ApiError && error.status === 401) return reach(false);
        if (!(error instanceof ApiError) || error.status === 0) reach(false);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) waiting?.abort();
  });
  addEventListener("pagehide", () => waiting?.abort());
  loop();
}

/** @returns {Promise<void>} */
function shown() {
  return new Promise((resolve) => {
    const listener = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", listener);
      resolve();
    };
    document.addEventListener("visibilitychange", listener);
  });
}
