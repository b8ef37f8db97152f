// What people do with the page, in a real browser. node tests/ui/flows.mjs [PART OF A NAME]
// BITEXTO_URL=… or BITEXTO_BIN=… [BITEXTO_STORE=…] [BITEXTO_ASSETS=…] runs them on a real server, on a store that may be written to.
import "./flows/access.mjs";
import "./flows/grid.mjs";
import "./flows/acts.mjs";
import "./flows/beads.mjs";
import "./flows/pages.mjs";
import { runFlows } from "./harness.mjs";

process.exit((await runFlows(process.argv[2] ?? "")) ? 0 : 1);
