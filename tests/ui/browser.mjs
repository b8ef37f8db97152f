// Chromium for the flows and the pictures: found on the machine, started with a throw-away profile, without network beyond loopback.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const MODULES = process.env.UI_MODULES ?? fileURLToPath(new URL("../../target/ui/", import.meta.url));
export const require = createRequire(`${MODULES}/package.json`);

export async function startBrowser() {
  const { chromium } = require("playwright-core");
  const executablePath = execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"])
    .toString()
    .trim();
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
