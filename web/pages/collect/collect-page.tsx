/**
 * Data come in: drop files, see how they are read, correct it, import; below, what came in before.
 * What the events are called and where they belong is the touchpoints page.
 */
import { Alert, Button, Stack } from "@mantine/core";
import { useState } from "react";
import { z } from "zod";
import type { Mapping } from "../../../src/domain/mapping.ts";
import { startJob } from "../../api/jobs.ts";
import { useWorkspaces } from "../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../scope/use-scope.ts";
import { ErrorState } from "../../ui/answer-view.tsx";
import { PageFrame } from "../../ui/page-frame.tsx";
import { DemoFill } from "./demo-fill.tsx";
import { DropZone } from "./drop-zone.tsx";
import { ImportRun } from "./import-run.tsx";
import { ImportsList } from "./imports-list.tsx";
import { Proposal } from "./proposal.tsx";

const text = z.string().optional().catch(undefined);
const searchSchema = z.object({ upload: text, look: text, job: text });

function Bring() {
  const { workspace, set } = useScope();
  const { upload, job } = useViewSearch(searchSchema);
  const [fault, setFault] = useState<Error>();
  const restart = () => {
    setFault(undefined);
    set({ upload: undefined, look: undefined, job: undefined });
  };
  const begin = async (mapping: Mapping | undefined) => {
    setFault(undefined);
    try {
      set({ job: await startJob(`/api/v1/${workspace}/imports`, { upload, ...(mapping ? { mapping } : {}) }) });
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  if (job !== undefined) return <ImportRun job={job} onMore={restart} />;
  if (upload === undefined) return <DropZone onUpload={(next) => set({ upload: next, look: undefined })} />;
  return (
    <>
      {fault && <ErrorState error={fault} retry={restart} />}
      <Proposal key={upload} upload={upload} onImport={(mapping) => void begin(mapping)} onCancel={restart} />
    </>
  );
}

export function CollectPage() {
  const { workspace } = useScope();
  const { data = [] } = useWorkspaces();
  const demo = data.find(({ name }) => name === workspace)?.demo === true;
  return (
    <PageFrame
      title="Imports"
      subtitle="Bring in what you have: web events, orders, tickets, survey answers"
      guide={{
        sentences: [
          "Drop an export, and Waymark proposes which column is the time, the customer and the touchpoint.",
          "You see the first events before anything is kept, and correct what is wrong.",
          "The same file twice adds nothing, and every import can be rolled back.",
        ],
        example: {
          text: "See what became of the demo shop's export.",
          to: "collect/touchpoints",
        },
      }}
    >
      <Stack gap="md">
        {demo ? (
          <Alert color="yellow" title="These are the demo data">
            <Stack align="flex-start" gap="sm">
              Your own data live in a workspace of their own, so that they never mix with the demo.
              <OwnData />
            </Stack>
          </Alert>
        ) : (
          <Bring />
        )}
        {demo && <DemoFill />}
        <ImportsList />
      </Stack>
    </PageFrame>
  );
}

function OwnData() {
  const { data = [] } = useWorkspaces();
  const own = data.find(({ demo }) => !demo);
  if (!own) return null;
  return (
    <Button component="a" href={`/${own.name}/collect`}>
      Use my own data
    </Button>
  );
}
