// Requests to the server, with the token. The token comes in the address's fragment, is kept for this tab alone, and never goes into an address again.
import { currentLanguage } from "./i18n.js";
import { tokenIn } from "./route.js";

const STORED = "bitexto.token";

/** An answer that is no success. */
export class ApiError extends Error {
  /** @param {number} status 0 when there was no answer @param {Record<string, any>} body */
  constructor(status, body) {
    super([body.error, body.hint].filter(Boolean).join(" · ") || String(status));
    this.status = status;
    this.body = body;
  }
}

/** Takes the token out of the address, if one is there. @returns {boolean} whether there is a token now */
export function takeToken() {
  const token = tokenIn(location.hash);
  if (token) {
    sessionStorage.setItem(STORED, token);
    history.replaceState(null, "", `${location.pathname}#/review`);
  }
  return sessionStorage.getItem(STORED) !== null;
}

/** How long another window may take to answer, ms. */
const SIBLING_WAIT = 250;

/** A page opened from ours in a new tab has no token of its own: another window of the same address hands it over. @returns {Promise<boolean>} */
export function askSiblings() {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(STORED);
    const done = (/** @type {boolean} */ found) => {
      channel.close();
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => done(false), SIBLING_WAIT);
    channel.onmessage = ({ data }) => {
      if (typeof data?.token !== "string") return;
      sessionStorage.setItem(STORED, data.token);
      done(true);
    };
    channel.postMessage({ ask: true });
  });
}

/** Answers such windows. Only pages of this very server (host and port) share the channel. */
export function answerSiblings() {
  const channel = new BroadcastChannel(STORED);
  channel.onmessage = ({ data }) => {
    const token = sessionStorage.getItem(STORED);
    if (data?.ask && token) channel.postMessage({ token });
  };
}

export function dropToken() {
  sessionStorage.removeItem(STORED);
}

/**
 * @template T
 * @param {string} path below `/api/`, its names already encoded
 * @param {{ body?: unknown, signal?: AbortSignal }} [options] with a body it is a POST
 * @returns {Promise<T>}
 */
export async function api(path, { body, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { authorization: `Bearer ${sessionStorage.getItem(STORED) ?? ""}`, "accept-language": currentLanguage() };
  if (body !== undefined) headers["content-type"] = "application/json";
  /** @type {Response} */
  let answer;
  try {
    // What was done is sent even if the window closes now; browsers keep small requests only.
    const keepalive = body !== undefined && path === "act" && JSON.stringify(body).length < 15_000;
    answer = await fetch(`/api/${path}`, {
      keepalive,
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: "no-store",
      credentials: "omit",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, {});
  }
  const text = await answer.text();
  /** @type {any} */
  let value = {};
  try {
    value = text ? JSON.parse(text) : {};
  } catch {
    value = { error: text.slice(0, 200) };
  }
  if (!answer.ok) throw new ApiError(answer.status, value ?? {});
  return value;
}

/** `a=1&b=2` of what is set. @param {Record<string, string | number | undefined | null>} values */
export function search(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== null) query.set(name, String(value));
  return query.toString();
}

/** A name as a part of a path. @param {string} name */
export function part(name) {
  return encodeURIComponent(name);
}
