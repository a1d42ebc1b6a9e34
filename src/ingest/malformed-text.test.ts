/** Malformed text: each kind is refused in words that help and leaves nothing, or comes in with every record accounted for. */
import { afterAll, beforeAll, describe } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { testMalformed } from "../../test/malformed-input.ts";
import { JSON_KINDS } from "../../test/malformed-json.ts";
import { ENCODINGS, SHAPES, VALUES } from "../../test/malformed-text.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

describe("shapes", () => testMalformed(() => workspace, SHAPES));
describe("values", () => testMalformed(() => workspace, VALUES));
describe("encodings", () => testMalformed(() => workspace, ENCODINGS));
describe("JSON", () => testMalformed(() => workspace, JSON_KINDS));
