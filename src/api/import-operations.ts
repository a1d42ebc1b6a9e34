/**
 * What comes in and goes out again: imports, their list, their rollback, and the catalogue they filled.
 * Reading, mapping and preparing are done in ingest/.
 */
import { z } from "zod";
import { defineOperation } from "./operation.ts";

const nothing = z.strictObject({});

export const IMPORT_OPERATIONS = {
  imports: defineOperation({
    input: nothing,
    local: false,
    run: async ({ state }) => {
      const imports = await state.listImports();
      return {
        imports: imports.map(({ id, recipe, status, events, customers, seconds, files, startedAt, finishedAt }) => ({
          id,
          recipe,
          status,
          events,
          customers,
          seconds,
          files,
          startedAt: startedAt.toISOString(),
          finishedAt: finishedAt?.toISOString() ?? null,
        })),
      };
    },
  }),

  touchpoints: defineOperation({
    input: nothing,
    local: false,
    run: async ({ state }) => {
      const touchpoints = await state.listTouchpoints();
      return {
        touchpoints,
        unmapped: touchpoints.filter(({ stage }) => stage === null).map(({ name }) => name),
      };
    },
  }),
} as const;
