/**
 * The four documents of the initiative, written from its data: shown as the text they are, copied, or taken away as Markdown.
 */
import { Button, Code, CopyButton, Group, NativeSelect, ScrollArea, SegmentedControl } from "@mantine/core";
import { IconCopy, IconDownload } from "@tabler/icons-react";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { saveFile } from "../../../../ui/csv.ts";
import { DOCUMENTS, type DocumentKind, initiativeSearchSchema } from "../initiative-search.ts";
import { Nothing, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { nameFile } from "./name-file.ts";

const NAMES: Readonly<Record<DocumentKind, string>> = {
  feasibility: "Feasibility assessment",
  foundations: "Foundations summary",
  "timebox-review": "Timebox review",
  benefits: "Benefits assessment",
};

interface Written {
  readonly title: string;
  readonly markdown: string;
}

function Document({ title, markdown }: Written) {
  return (
    <Section
      title={title}
      actions={
        <>
          <CopyButton value={markdown}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
                <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveFile(nameFile(title), new Blob([markdown], { type: "text/markdown" }))}
          >
            Download .md
          </Button>
        </>
      }
    >
      <ScrollArea.Autosize mah={720} type="auto" viewportProps={{ tabIndex: 0, role: "group", "aria-label": title }}>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="document">
          {markdown}
        </Code>
      </ScrollArea.Autosize>
    </Section>
  );
}

function Asked({ kind, timebox }: { readonly kind: DocumentKind; readonly timebox: number | undefined }) {
  const { initiative } = useInitiative();
  const which = timebox === undefined ? {} : { timebox };
  const query = useAnswer("initiative-document", { id: initiative.id, document: kind, ...which });
  return (
    <AnswerView query={query} height={420}>
      {(written: Written) => <Document {...written} />}
    </AnswerView>
  );
}

function TimeboxChoice({ value }: { readonly value: number | undefined }) {
  const { initiative } = useInitiative();
  const set = useSetSearch();
  return (
    <NativeSelect
      aria-label="Timebox"
      size="xs"
      data={initiative.timeboxes.map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value === undefined ? "" : String(value)}
      onChange={(event) => set({ timebox: Number(event.currentTarget.value) })}
    />
  );
}

export function DocumentsTab() {
  const { initiative } = useInitiative();
  const { document: kind = "feasibility", timebox } = useViewSearch(initiativeSearchSchema);
  const set = useSetSearch();
  const { timeboxes } = initiative;
  const newest = timeboxes.findLast(({ state }) => state === "closed") ?? timeboxes.at(-1);
  const review = kind === "timebox-review";
  const which = review ? (timebox ?? newest?.id) : undefined;
  return (
    <>
      <Group gap="sm">
        <SegmentedControl
          aria-label="Document"
          size="xs"
          data={DOCUMENTS.map((value) => ({ value, label: NAMES[value] }))}
          value={kind}
          onChange={(next) => set({ document: next, timebox: undefined })}
          visibleFrom="md"
        />
        <NativeSelect
          aria-label="Document"
          data={DOCUMENTS.map((value) => ({ value, label: NAMES[value] }))}
          value={kind}
          onChange={(event) => set({ document: event.currentTarget.value, timebox: undefined })}
          hiddenFrom="md"
        />
        {review && timeboxes.length > 0 && <TimeboxChoice value={which} />}
      </Group>
      {review && which === undefined ? (
        <Nothing>There is no timebox yet, so there is no review of one.</Nothing>
      ) : (
        <Asked key={`${kind} ${which ?? ""}`} kind={kind} timebox={which} />
      )}
    </>
  );
}
