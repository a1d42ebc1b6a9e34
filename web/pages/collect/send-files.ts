/**
 * Sends files to the server, telling how far it is. `fetch` cannot tell that, so this is the one place with XMLHttpRequest.
 */
import { ProblemError } from "../../api/client.ts";
import type { Problem } from "../../api/types.ts";
import type { NamedFile } from "./gather-files.ts";

export interface Upload {
  readonly upload: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

function readAnswer(request: XMLHttpRequest): Upload {
  const body: unknown = request.responseText === "" ? undefined : JSON.parse(request.responseText);
  if (request.status === 201) return body as Upload;
  throw new ProblemError(body as Problem);
}

const LOST: Problem = {
  type: "urn:waymark:problem:unavailable",
  title: "Not available now",
  status: 503,
  detail: "The files could not be sent: the connection to Waymark broke off. Is it still running?",
  code: "unavailable",
  details: {},
};

/**
 * @param onProgress share of the bytes that are out, 0 … 1
 * @throws ProblemError; an abort rejects with the signal's reason
 */
export function sendFiles(
  workspace: string,
  files: readonly NamedFile[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Upload> {
  const form = new FormData();
  for (const { name, file } of files) form.append("files", file, name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/${workspace}/uploads`);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ProblemError(LOST));
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      try {
        resolve(readAnswer(request));
      } catch (error) {
        reject(error instanceof ProblemError ? error : new ProblemError(LOST));
      }
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
