/**
 * Whether the files of an import are still what they were when it began: a file that grows meanwhile would end in half a record.
 * Asked after the files have been read and before the import counts.
 */
import { stat } from "node:fs/promises";
import { AppError } from "../domain/app-error.ts";
import type { SourceFile } from "./source-file.ts";

/** @throws AppError conflict | not-found naming the first file that was written to, cut or taken away */
export async function checkUnchanged(sources: readonly SourceFile[]): Promise<void> {
  for (const { name, originalPath, bytes, modified } of sources) {
    if (modified === undefined) continue;
    const now = await stat(originalPath).catch(() => undefined);
    if (!now)
      throw new AppError("not-found", `${name} was taken away while it was read; nothing was imported.`, {
        file: name,
      });
    if (now.size === bytes && now.mtimeMs === modified) continue;
    const sizes = now.size === bytes ? "was written to" : `went from ${bytes} to ${now.size} bytes`;
    throw new AppError(
      "conflict",
      `${name} ${sizes} while it was read; nothing was imported. Import it when it is complete, or import a copy.`,
      { file: name, bytes, now: now.size },
    );
  }
}
