/**
 * A process at the workspace's door: takes it or becomes a client of who holds it, and tells its parent which.
 * As a client it waits until the holder is gone, then comes again. Arguments: compiled sources, folder of the workspace.
 */
import { pathToFileURL } from "node:url";

const [sources, dir] = process.argv.slice(2);
const { openDoor } = await import(`${pathToFileURL(sources)}/store/workspace-door.js`);

async function serve(operation, input, { signal }) {
  if (operation === "who") return { holder: process.pid, input };
  if (operation === "forever") await new Promise((resolve) => signal.addEventListener("abort", resolve));
  if (operation === "end") setTimeout(endInOrder);
  return "ended";
}

let door;
async function endInOrder() {
  await door.drain({ abort: true });
  // The stores would close here; whoever comes now is asked to wait.
  await new Promise((resolve) => setTimeout(resolve, 150));
  await door.close();
  process.exit(0);
}

process.send("ready");
process.once("message", async () => {
  for (;;) {
    door = await openDoor(dir, serve);
    if (door.held) {
      process.send({ held: true, holder: process.pid });
      return;
    }
    const { client } = door;
    process.send({ held: false, holder: (await client.request("who", 1)).holder });
    await client.request("forever").catch(() => undefined);
    client.close();
  }
});
