// Lays out flows between slices with d3-sankey: node script/bench-sankey.mjs FOLDER <FLOWS.json
// FOLDER holds node_modules/d3-sankey. FLOWS: {"nodes": [slice], "links": [[source, target, value]]}.
// Prints {"ms": time, "order": [y of each node]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(resolve(process.argv[2], "index.js")));
const { sankey } = require("d3-sankey");
const flows = JSON.parse(readFileSync(0, "utf8"));
const graph = {
  nodes: flows.nodes.map((slice) => ({ slice })),
  links: flows.links.map(([source, target, value]) => ({ source, target, value })),
};
const layout = sankey()
  .nodeAlign((node) => node.slice)
  .nodePadding(7)
  .extent([[0, 0], [960, 540]]);
const begin = process.hrtime.bigint();
layout(graph);
const ms = Number(process.hrtime.bigint() - begin) / 1e6;
console.log(JSON.stringify({ ms, order: graph.nodes.map((node) => node.y0) }));
