// The review server's contract over a made-up corpus, so that the page can be written and tested without it.
// node tests/ui/mock-server.mjs [--units N] [--port N] [--reviewer NAME] [--read-only]: prints the page's address on stdout.
import { createServer } from "node:http";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Senseless } from "./mock-beads.mjs";
import { createCorpus, Refusal, refuse } from "./mock-corpus.mjs";

const ASSETS = fileURLToPath(new URL("../../assets/", import.meta.url));
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
};
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Listens on loopback. `fail` is a list of path beginnings that answer 500 (tests push to it). */
export async function startMock(options = {}) {
  const corpus = createCorpus(options);
  const token = randomBytes(32).toString("base64url");
  const fail = [];
  const server = createServer(async (request, response) => {
    const send = (status, type, body, more = {}) => {
      response.writeHead(status, { ...HEADERS, "content-type": type, "content-length": Buffer.byteLength(body), ...more });
      response.end(body);
    };
    const json = (status, value) => send(status, TYPES.json, JSON.stringify(value), { "cache-control": "no-store" });
    try {
      if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")) return json(421, { error: "unknown host" });
      const url = new URL(request.url, "http://127.0.0.1");
      if (!url.pathname.startsWith("/api/")) return asset(url.pathname, send);
      if (request.headers.authorization !== `Bearer ${token}`) return json(401, { error: "no token" });
      if (fail.some((path) => url.pathname.startsWith(path))) return json(500, { error: "the mock fails on purpose" });
      if (request.method === "POST" && !["same-origin", "none", undefined].includes(request.headers["sec-fetch-site"]))
        return json(403, { error: "cross-site" });
      const body = request.method === "POST" ? JSON.parse((await read(request)) || "{}") : {};
      const by = request.headers["x-mock-reviewer"] ?? options.reviewer ?? "ana";
      json(200, await route(corpus, request, url, body, by));
    } catch (error) {
      if (error instanceof Refusal) return json(error.status, error.body);
      if (error instanceof Senseless) return json(400, { error: error.message });
      json(500, { error: String(error) });
    }
  });
  await new Promise((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    token,
    url: `${origin}/#t=${token}`,
    corpus,
    fail,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function route(corpus, request, url, body, by) {
  const [, , name, ...rest] = url.pathname.split("/").map(decodeURIComponent);
  const query = url.searchParams;
  const number = (key, fallback) => Number(query.get(key) ?? fallback);
  const lang = query.get("lang") ?? (request.headers["accept-language"] ?? "").slice(0, 2);
  const post = request.method === "POST";
  if (name === "session") return corpus.session();
  if (name === "checks") return corpus.checks(lang);
  if (name === "view" && post) return corpus.view(body);
  if (name === "view")
    return rest[1] === "find" ? corpus.find(rest[0], query) : corpus.rows(rest[0], number("start", 0), number("count", 200));
  if (name === "counts") return corpus.counts();
  if (name === "unit") return corpus.unit(rest[0], lang);
  if (name === "act" && post) return corpus.act(body, by);
  if ((name === "undo" || name === "redo") && post) return corpus.step(name, by);
  if (name === "bulk") return post ? corpus.bulk(body, by) : corpus.sample(query.get("view"));
  if (name === "changes") return corpus.changes(number("since", 0), number("wait", 0), (done) => request.on("close", done));
  if (name === "concordance")
    return corpus.concordance(query.get("q") ?? "", query.get("side") ?? "source", number("start", 0), number("count", 50));
  if (name === "statements") return rest.length ? corpus.statement(rest[0]) : corpus.statements();
  if (name === "report") return corpus.report();
  if (name === "documents") return corpus.documents();
  if (name === "beads" && !post) return corpus.beads(rest.join("/"), number("start", 0), number("count", 400));
  if (name === "beads") return corpus.regroup(rest.join("/"), body, by);
  if (name === "realign" && post) return corpus.realign(rest.join("/"), body, by);
  if (name === "path") return corpus.path(rest.join("/"));
  if (name === "files" && post) return corpus.files(body);
  return refuse(404, `no route ${url.pathname}`);
}

function asset(path, send) {
  const name = path === "/" ? "index.html" : path.slice(1);
  if (!/^(index\.html|app\.css|favicon\.svg|js\/[a-z0-9-]+\.js|i18n\/(es|en)\.json)$/.test(name))
    return send(404, "text/plain", "not here");
  send(200, TYPES[name.split(".").at(-1)], readFileSync(ASSETS + name), { "cache-control": "no-cache" });
}

function read(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts).toString()));
    request.on("error", reject);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const value = (name, fallback) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? fallback : process.argv[at + 1];
  };
  const { url } = await startMock({
    units: Number(value("--units", 300)),
    port: Number(value("--port", 0)),
    reviewer: value("--reviewer", "ana"),
    readOnly: process.argv.includes("--read-only"),
  });
  console.log(url);
}
