/** Malformed archives, and paths that are no ordinary file: each is told by name, and nothing is left behind. */
import { afterAll, beforeAll, describe } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { GZIP_KINDS, ZIP_KINDS } from "../../test/malformed-archives.ts";
import { DISK_KINDS } from "../../test/malformed-disk.ts";
import { testMalformed } from "../../test/malformed-input.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

describe("gzip", () => testMalformed(() => workspace, GZIP_KINDS));
describe("ZIP", () => testMalformed(() => workspace, ZIP_KINDS));
describe("file system", () => testMalformed(() => workspace, DISK_KINDS));
