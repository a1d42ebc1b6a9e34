/**
 * What holds for a whole workspace: its time zone, its usual journey; where it lives; and how the app looks in this browser.
 * Touchpoints have their own catalogue; targets stand with their KPIs.
 */
import { Anchor, Code, Group, Paper, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { fetchJson } from "../../api/client.ts";
import { useWorkspaces } from "../../api/use-answer.ts";
import { useWorkspace } from "../../scope/use-workspace.ts";
import type { GuideContent } from "../../ui/guide.tsx";
import { PageFrame } from "../../ui/page-frame.tsx";
import { AuthorSetting } from "./author-setting.tsx";
import { WorkspaceSettings } from "./workspace-settings.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "These settings hold for everybody who opens this workspace, on every page and on the command line.",
    "The time zone decides where a day ends, and with it every number that is counted by days.",
    "The usual journey is the one that a page shows until another is chosen.",
  ],
  example: {
    text: "In the demo: the same shop seen as visits.",
    to: "map/graph",
    search: { journey: "visit" },
  },
};

/** A part of the page, with its name. */
function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Stack gap="md">
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Part title="Appearance">
      <Group gap="md">
        <SegmentedControl
          aria-label="Colours"
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
            { value: "auto", label: "As the system" },
          ]}
          value={colorScheme}
          onChange={(next) => setColorScheme(next as "light" | "dark" | "auto")}
        />
        <Text size="sm" c="dimmed">
          Kept in this browser. Pictures that are taken away are always light.
        </Text>
      </Group>
    </Part>
  );
}

function Whereabouts() {
  const workspace = useWorkspace();
  const { data: workspaces = [] } = useWorkspaces();
  const { data: api } = useQuery({
    queryKey: ["api-document"],
    queryFn: ({ signal }) => fetchJson<{ info: { version: string } }>("/api/v1/openapi.json", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const here = workspaces.find(({ name }) => name === workspace);
  return (
    <Part title="Where it lives">
      <Stack gap={6}>
        <Text size="sm">
          This workspace is the folder <Code fz="sm">…/{here?.folder ?? ""}</Code> on the machine where Waymark runs.
          Nothing in it leaves that machine.
        </Text>
        <Text size="sm" c="dimmed">
          To move it or to keep a copy, stop Waymark first and copy the whole folder. The command line reaches the same
          workspace, also while this page is open, with the folder as its <Code>--workspace</Code> option.
        </Text>
        <Text size="sm">
          Waymark {api?.info.version ?? "…"} · <Anchor href="/api/v1/docs">API for programs</Anchor> ·{" "}
          <Anchor href="/api/v1/openapi.json">OpenAPI document</Anchor>
        </Text>
      </Stack>
    </Part>
  );
}

export function SettingsPage() {
  return (
    <PageFrame title="Settings" guide={GUIDE}>
      <Part title="This workspace">
        <WorkspaceSettings />
      </Part>
      <Part title="Who makes changes">
        <AuthorSetting />
      </Part>
      <Appearance />
      <Whereabouts />
    </PageFrame>
  );
}
