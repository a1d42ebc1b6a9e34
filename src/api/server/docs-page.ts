/**
 * The API's description as a page for people: made here from the OpenAPI document, without scripts and third parties.
 * What the API can do is not known here.
 */
import type { Json, JsonObject } from "./json.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 2.5rem; } h3 { margin: 0; font-size: 1.1rem; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; } pre { background: var(--soft); padding: .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: .25rem; }
table { border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
.method { font-weight: 700; } ul.index { columns: 16rem; padding-left: 1.2rem; } summary { cursor: pointer; }
`;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? sign);

const asObject = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const asText = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

interface Place {
  readonly origin: string;
  readonly schemas: JsonObject;
}

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

export interface DocsOptions {
  /** Allows the page's own style sheet. */
  readonly nonce: string;
  /** Where the examples ask, such as http://127.0.0.1:4477. */
  readonly origin: string;
}

export function renderDocs(document: JsonObject, { nonce, origin }: DocsOptions): string {
  const groups = groupByTag(document);
  const info = asObject(document.info);
  const place: Place = { origin, schemas: asObject(asObject(document.components).schemas) };
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>The API of Waymark</title><style nonce="${nonce}">${STYLE}</style></head><body>
<header><h1>The API of Waymark</h1>
<p>Version ${escapeHtml(asText(info.version))}. ${escapeHtml(asText(info.description))}
For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>A body is JSON with <code>Content-Type: application/json</code>. An error is problem JSON (RFC 9457): <code>detail</code> says what to do.
<code>{workspace}</code> is <code>main</code> or <code>demo</code>.</p></header>
<nav aria-label="Contents">${[...groups].map(([tag, list]) => renderIndex(tag, list)).join("")}</nav>
<main>${[...groups].map(([tag, list]) => renderGroup(tag, list, place)).join("")}</main>
</body></html>
`;
}

function groupByTag(document: JsonObject): Map<string, Described[]> {
  const groups = new Map<string, Described[]>();
  for (const [path, methods] of Object.entries(asObject(document.paths))) {
    for (const [method, value] of Object.entries(asObject(methods))) {
      const operation = asObject(value);
      if (operation.operationId === undefined) continue;
      const tag = asText(asList(operation.tags)[0]);
      groups.set(tag, [...(groups.get(tag) ?? []), { path, method: method.toUpperCase(), operation }]);
    }
  }
  return groups;
}

const anchor = ({ operation }: Described): string => `operation-${asText(operation.operationId)}`;

function renderIndex(tag: string, list: readonly Described[]): string {
  const items = list.map(
    (one) => `<li><a href="#${anchor(one)}">${escapeHtml(asText(one.operation.operationId))}</a></li>`,
  );
  return `<p>${escapeHtml(tag)}</p><ul class="index">${items.join("")}</ul>`;
}

function renderGroup(tag: string, list: readonly Described[], place: Place): string {
  return `<section><h2>${escapeHtml(tag)}</h2>${list.map((one) => renderOperation(one, place)).join("")}</section>`;
}

function renderOperation(one: Described, { origin, schemas }: Place): string {
  const { path, method, operation } = one;
  const body = asObject(asObject(operation.requestBody).content);
  const json = asObject(body["application/json"]);
  const input = findSchema(json.schema, schemas);
  const answers = Object.entries(asObject(operation.responses));
  const answer = answers.map(([, value]) => asObject(asObject(value).content)["application/json"]).find(Boolean);
  const output = findSchema(asObject(answer).schema, schemas);
  return `<article id="${anchor(one)}"><h3>${escapeHtml(asText(operation.operationId))}</h3>
<p>${escapeHtml(asText(operation.summary))}</p>
<p><span class="method">${method}</span> <code>${escapeHtml(path)}</code></p>
<pre tabindex="0">${escapeHtml(writeCurl(one, origin, json, "multipart/form-data" in body))}</pre>
${renderFields(input)}${renderSchema("Request", input)}${renderSchema("Answer", output)}
<details><summary>Status codes</summary><ul>${answers.map(renderAnswer).join("")}</ul></details></article>`;
}

const renderAnswer = ([status, value]: [string, Json]): string =>
  `<li><code>${escapeHtml(status)}</code> ${escapeHtml(asText(asObject(value).description))}</li>`;

function findSchema(schema: Json | undefined, schemas: JsonObject): JsonObject | undefined {
  const { $ref, ...rest } = asObject(schema);
  if ($ref !== undefined) return asObject(schemas[asText($ref).split("/").at(-1) ?? ""]);
  return Object.keys(rest).length > 0 ? rest : undefined;
}

function writeCurl({ path, method }: Described, origin: string, json: JsonObject, multipart: boolean): string {
  const address = `${origin}${path.replace("{workspace}", "demo")}`;
  if (multipart) return `curl -F 'files=@events.csv;filename=events.csv' ${address}`;
  if (method === "GET") return `curl ${address}`;
  if (method === "DELETE") return `curl -X DELETE ${address}`;
  const example = JSON.stringify(json.example ?? {}).replaceAll("'", "'\\''");
  return `curl ${address} -H 'content-type: application/json' -d '${example}'`;
}

function renderFields(input: JsonObject | undefined): string {
  const fields = Object.entries(asObject(input?.properties));
  if (fields.length === 0) return "";
  const required = new Set(asList(input?.required));
  const rows = fields.map(([name, value]) => {
    const { description, ...schema } = asObject(value);
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${required.has(name) ? "required" : "optional"}</td>
<td>${escapeHtml(describeType(schema))}</td><td>${escapeHtml(asText(description))}</td></tr>`;
  });
  return `<table><thead><tr><th scope="col">Field</th><th scope="col">Needed</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.join("")}</tbody></table>`;
}

function describeType(schema: JsonObject): string {
  const { type, $ref } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = asList(schema.anyOf ?? schema.oneOf);
  if (either.length > 0) return [...new Set(either.map((one) => describeType(asObject(one))))].join(" | ");
  if (type === "array") return `list of ${describeType(asObject(schema.items))}`;
  if ($ref !== undefined) return asText($ref).split("/").at(-1) ?? "";
  return Array.isArray(type) ? type.join(" | ") : asText(type) || "anything";
}

function renderSchema(title: string, schema: JsonObject | undefined): string {
  if (!schema) return "";
  return `<details><summary>${title}: schema</summary><pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;
}
