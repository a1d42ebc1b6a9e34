/**
 * A process that is told to end: closes slowly when it gets a signal, and tells its parent what it does.
 * Arguments: folder of the compiled sources, milliseconds that closing takes.
 */
import { pathToFileURL } from "node:url";

const [sources, duration] = process.argv.slice(2);
const { closeOnSignals } = await import(`${pathToFileURL(sources)}/close-on-signals.js`);
closeOnSignals({
  close: async () => {
    process.send("closing");
    await new Promise((resolve) => setTimeout(resolve, Number(duration)));
    await new Promise((resolve) => process.send("closed", resolve));
  },
});
setInterval(() => {}, 1000);
process.send("ready");
