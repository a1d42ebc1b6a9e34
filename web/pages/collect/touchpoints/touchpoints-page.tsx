/**
 * The touchpoint catalogue: what each kind of event is called, to which stage and channel it belongs, who owns it.
 * Those without a stage come first; several can be merged, and a merge can be taken apart.
 */
import { Button, Group, Paper, SegmentedControl, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { z } from "zod";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, formatCountOf } from "../../../ui/format.ts";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { type Row, TouchpointTable } from "./touchpoint-table.tsx";

const searchSchema = z.object({
  find: z.string().catch("").default(""),
  show: z.enum(["all", "unmapped", "hidden"]).catch("all").default("all"),
});

function select(rows: readonly Row[], { find, show }: z.output<typeof searchSchema>): Row[] {
  const wanted = find.trim().toLowerCase();
  return rows
    .filter(({ stage, hidden }) => show === "all" || (show === "hidden" ? hidden : stage === null))
    .filter(
      (row) =>
        wanted === "" ||
        [row.name, ...row.rawNames, row.channel ?? "", row.owner ?? ""].some((text) =>
          text.toLowerCase().includes(wanted),
        ),
    )
    .toSorted((a, b) => Number(a.stage !== null) - Number(b.stage !== null) || b.events - a.events);
}

export function TouchpointsPage() {
  const query = useAnswer("touchpoints", {});
  const search = useViewSearch(searchSchema);
  const set = useSetSearch();
  const [edited, setEdited] = useState<Row>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [merging, setMerging] = useState(false);
  const toggle = (name: string) =>
    setChosen((old) => (old.includes(name) ? old.filter((one) => one !== name) : [...old, name]));
  return (
    <PageFrame
      title="Touchpoints"
      subtitle="Every kind of event, and where it belongs in the journey"
      guide={{
        sentences: [
          "A touchpoint is a kind of interaction, its name kept as your export spells it.",
          "Give each a stage, so that the map can be read by stage; merge two spellings of the same thing; hide what is only noise.",
          "Nothing here changes the raw events: a merge can be taken apart, a hidden touchpoint shown again.",
        ],
        example: { text: "Then look at the journey by stage.", to: "map/graph", search: { by: "stage" } },
      }}
      actions={
        chosen.length > 1 && (
          <Button onClick={() => setMerging(true)}>Merge {formatCount(chosen.length)} touchpoints</Button>
        )
      }
    >
      <AnswerView
        query={query}
        empty={({ touchpoints }) =>
          touchpoints.length === 0 ? (
            <EmptyState title="No touchpoints yet" actions={<ScopeLink to="collect">Bring data in</ScopeLink>}>
              They come with the first import.
            </EmptyState>
          ) : undefined
        }
      >
        {({ touchpoints, unmapped }) => {
          const rows = select(touchpoints, search);
          return (
            <Paper withBorder p="md" component="section" aria-label="Catalogue">
              <Group justify="space-between" mb="sm">
                <Text size="sm">
                  <strong>{formatCountOf(touchpoints.length, "touchpoint")}</strong>,{" "}
                  {unmapped.length === 0 ? "every one has a stage" : `${formatCount(unmapped.length)} without a stage`}
                </Text>
                <Group gap="sm">
                  <TextInput
                    aria-label="Find a touchpoint"
                    placeholder="Find"
                    leftSection={<IconSearch size={16} aria-hidden />}
                    value={search.find}
                    onChange={(event) => set({ find: event.currentTarget.value || undefined }, { replace: true })}
                  />
                  <SegmentedControl
                    aria-label="Which touchpoints"
                    data={[
                      { value: "all", label: "All" },
                      { value: "unmapped", label: "Without a stage" },
                      { value: "hidden", label: "Hidden" },
                    ]}
                    value={search.show}
                    onChange={(show) => set({ show: show === "all" ? undefined : show })}
                  />
                </Group>
              </Group>
              {rows.length === 0 ? (
                <Text c="dimmed">No touchpoint fits.</Text>
              ) : (
                <TouchpointTable rows={rows} chosen={chosen} onChoose={toggle} onEdit={setEdited} />
              )}
              {edited && <EditDialog row={edited} onClose={() => setEdited(undefined)} />}
              {merging && (
                <MergeDialog
                  rows={touchpoints.filter(({ name }) => chosen.includes(name))}
                  onClose={(merged) => {
                    setMerging(false);
                    if (merged) setChosen([]);
                  }}
                />
              )}
            </Paper>
          );
        }}
      </AnswerView>
    </PageFrame>
  );
}
