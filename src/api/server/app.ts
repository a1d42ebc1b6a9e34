/**
 * The app as the network sees it: who may ask, in which order the routes are tried, how failures are told.
 * It opens neither stores nor sockets; open-front.ts gives it both.
 */
import { Hono } from "hono";
import { answerProblem, describeError } from "./answer-problem.ts";
import { addDescriptionRoutes } from "./description-routes.ts";
import type { Front } from "./front.ts";
import { guardRequest } from "./guard-request.ts";
import { HttpError } from "./http-error.ts";
import { addJobRoutes } from "./job-routes.ts";
import { addOperationRoutes } from "./operation-routes.ts";
import { secureHeaders } from "./response-headers.ts";
import { addUploadRoutes } from "./upload-routes.ts";
import { addWebRoutes, type WebFiles } from "./web-files.ts";

export interface AppOptions {
  readonly front: Front;
  readonly files: WebFiles;
  /** Known when the server listens. */
  readonly port: () => number;
}

export function buildApp({ front, files, port }: AppOptions): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    // Nobody waits for an answer any more, and what ended the work is no fault.
    if (context.req.raw.signal.aborted) return context.body(null, 503);
    return answerProblem(context, describeError(front.teller, error));
  });
  app.use(secureHeaders);
  app.use(guardRequest(port));
  addDescriptionRoutes(app);
  addUploadRoutes(app, front);
  addJobRoutes(app, front);
  addOperationRoutes(app, front);
  addWebRoutes(app, files);
  app.all("*", ({ req }) => {
    throw new HttpError(405, `${req.method} is not for ${req.path}.`);
  });
  return app;
}
