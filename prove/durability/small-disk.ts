/**
 * A small file system that can be filled to the byte: mounted in memory where that is allowed, for root or in a namespace
 * of one's own. Where it is not, `openSmallDisk` gives nothing, and a proof limits the size of files instead.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly folder: string;
  free(): number;
  /** Leaves so many bytes free, to the page. */
  leaveFree(bytes: number): void;
  /** Gives the space back that `leaveFree` took. */
  makeRoom(): void;
  /** Removes all files, and what was mounted. */
  close(): void;
}

const PAGE = 4096;

/** @returns undefined where nothing may be mounted */
export function openSmallDisk(bytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "waymark-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes},mode=700`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, "ballast");
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    free,
    leaveFree: (wanted) => {
      const file = openSync(ballast, "w");
      const page = Buffer.alloc(PAGE, 1);
      const block = Buffer.alloc(2 ** 20, 1);
      while (free() - wanted >= block.length) writeSync(file, block);
      while (free() - wanted >= PAGE) writeSync(file, page);
      closeSync(file);
    },
    makeRoom: () => {
      rmSync(ballast, { force: true });
    },
    close: () => {
      execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
      rmSync(folder, { recursive: true });
    },
  };
}
