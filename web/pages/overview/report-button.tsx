/**
 * The whole workspace as one file to keep or to send: HTML that needs no server, or Markdown.
 * What stands in it is composed by the API; asking takes as long as its questions do.
 */
import { Button, Menu, Text } from "@mantine/core";
import { IconFileDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import type { Answer } from "../../api/types.ts";
import { useWorkspace } from "../../scope/use-workspace.ts";
import { saveFile } from "../../ui/csv.ts";

type Report = Answer<"report">;

const TYPES: Readonly<Record<Report["format"], string>> = { html: "text/html", markdown: "text/markdown" };

/** Nothing in the workspace changes by it: no answer is asked anew. */
function useReport() {
  const workspace = useWorkspace();
  return useMutation<Report, Error, Report["format"]>({
    mutationFn: (format) => ask(workspace, "report", { format }),
    onSuccess: ({ file, format, text }) => saveFile(file, new Blob([text], { type: TYPES[format] })),
  });
}

export function ReportButton() {
  const { mutate, isPending, isSuccess, data, error } = useReport();
  const state = isPending ? "The report is being written." : isSuccess ? `${data.file} is saved.` : "";
  return (
    <>
      <Text role="status" size="sm" c={error ? "red" : "dimmed"}>
        {error ? `No report: ${error.message}` : state}
      </Text>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileDownload size={16} aria-hidden />}
            loading={isPending}
            loaderProps={{ type: "dots" }}
          >
            Report
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => mutate("html")}>As one HTML file</Menu.Item>
          <Menu.Item onClick={() => mutate("markdown")}>As Markdown</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
