import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { AppError } from "./domain/app-error.ts";
import { explainFullDisk } from "./full-disk.ts";

it("a full disk is told in one sentence, whoever met it, and with what is free", async () => {
  const fromNode = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const fromEngine = new AppError("unavailable", "The disk is full.", {}, { cause: new Error("… (NOT_ENOUGH_SPACE)") });
  for (const error of [fromNode, fromEngine])
    expect(await explainFullDisk(error, tmpdir())).toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(
        /^There is no space left for this on the disk of the workspace .+: [\d,]+ KiB are free\. Free some/u,
      ),
      cause: error,
    });
});

it("anything else stays what it is where there is room", async () => {
  for (const error of [new Error("a bug"), new AppError("invalid", "line 3")])
    expect(await explainFullDisk(error, tmpdir())).toBe(error);
});
