/**
 * Draws docs/measured-journey.svg, the picture of the README, from the demo's own map:
 *   ./waymark map --journey session --min-share 0.04 --json --workspace waymark-data/demo | node scripts/draw-demo-map.mjs
 * Only where the boxes stand is chosen here; every number comes from the map.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./prepare.mjs";

const WIDTH = 186;
const HEIGHT = 46;
/** Column and row of each touchpoint; what is not named here is not drawn. */
const PLACES = {
  "Ad Clicked": [0, 0],
  "Social Post Clicked": [0, 1],
  "Email Link Clicked": [0, 2],
  "Product List Viewed": [1, 0],
  "Products Searched": [1, 2],
  "Product Added to Wishlist": [2, 0],
  "Product Viewed": [2, 1],
  "Product Added": [2, 2],
  "Live Chat Conversation Started": [3, 0],
  "Cart Viewed": [3, 2],
  "Delivery Options Viewed": [4, 0],
  "Checkout Step Viewed": [4, 1],
  "Checkout Started": [4, 2],
  "Payment Info Entered": [5, 0],
  "Payment Approved": [5, 1],
  "Order Completed": [5, 2],
};
const COLORS = {
  awareness: "#7c6fd6",
  consideration: "#3b82c4",
  evaluation: "#0f9b8e",
  purchase: "#c2752b",
  support: "#c0506b",
};

const place = (name) => {
  const [column, row] = PLACES[name];
  return { x: 20 + column * 226, y: 66 + row * 112 };
};
const number = (value) => value.toLocaleString("en-US");
const escapeText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function drawEdge(edge, widest) {
  const from = place(edge.from);
  const to = place(edge.to);
  const width = (1 + (13 * edge.transitions) / widest).toFixed(1);
  const style = `fill="none" stroke="#94a3b8" stroke-opacity="0.55" stroke-width="${width}"`;
  const label = (x, y) => `<text x="${x}" y="${y}" class="n" text-anchor="middle">${number(edge.transitions)}</text>`;
  if (edge.from === edge.to) {
    const x = from.x + WIDTH - 34;
    return `<path d="M${x} ${from.y} C${x - 4} ${from.y - 34} ${x + 34} ${from.y - 34} ${x + 26} ${from.y}" ${style}/>${label(x + 54, from.y - 14)}`;
  }
  const middle = (a) => ({ x: a.x + WIDTH / 2, y: a.y + HEIGHT / 2 });
  const [a, b] = [middle(from), middle(to)];
  if (a.x === b.x) {
    const down = b.y > a.y ? 1 : -1;
    const [start, end] = [a.y + (down * HEIGHT) / 2, b.y - (down * HEIGHT) / 2];
    return `<path d="M${a.x} ${start} L${b.x} ${end}" ${style}/>${label(a.x - 28, (start + end) / 2 + 4)}`;
  }
  const [start, end] = [from.x + WIDTH, to.x];
  const bend = (start + end) / 2;
  return `<path d="M${start} ${a.y} C${bend} ${a.y} ${bend} ${b.y} ${end} ${b.y}" ${style}/>`;
}

function drawNode(node) {
  const { x, y } = place(node.touchpoint);
  return (
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="7" fill="#fff" stroke="${COLORS[node.stage] ?? "#64748b"}" stroke-width="2"/>` +
    `<text x="${x + WIDTH / 2}" y="${y + 19}" class="t" text-anchor="middle">${escapeText(node.touchpoint)}</text>` +
    `<text x="${x + WIDTH / 2}" y="${y + 36}" class="n" text-anchor="middle">${number(node.events)} events</text>`
  );
}

const map = JSON.parse(readFileSync(0, "utf8"));
const edges = map.edges.filter(({ from, to }) => PLACES[from] && PLACES[to]);
const nodes = map.nodes.filter(({ touchpoint }) => PLACES[touchpoint]);
const widest = Math.max(...edges.map(({ transitions }) => transitions));
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1356 372" role="img" aria-label="The measured journey of the demo shop">
<style>text{font-family:system-ui,sans-serif;fill:#0f172a}.t{font-size:11px;font-weight:600}.n{font-size:10px;fill:#475569}.h{font-size:14px;font-weight:600}</style>
<rect width="1356" height="372" rx="10" fill="#f8fafc"/>
<text x="20" y="32" class="h">The measured journey of the demo shop: ${number(map.journeys)} sessions of ${number(map.customers)} customers</text>
${edges.map((edge) => drawEdge(edge, widest)).join("\n")}
${nodes.map(drawNode).join("\n")}
</svg>
`;
writeFileSync(join(ROOT, "docs", "measured-journey.svg"), svg);
