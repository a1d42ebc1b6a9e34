/**
 * A process to be killed: commits one import after the other and tells its parent each id, once it is acknowledged.
 * Arguments: folder of the compiled sources, folder of the state store.
 */
import { pathToFileURL } from "node:url";

const [sources, dir] = process.argv.slice(2);
const { openEmbeddedStateStore } = await import(`${pathToFileURL(sources)}/store/open-state-store.js`);
const store = await openEmbeddedStateStore(dir, { clock: () => new Date(0) });
for (;;) {
  const id = await store.beginImport({ recipe: "generic", mapping: {}, mappingHash: "", files: [] });
  await store.commitImport(id);
  process.send(id);
}
