/**
 * The frame around everything drawn: its name, the same numbers as a table, and what can be taken away (CSV, SVG, PNG).
 * What is drawn is given as children; what it means is said by the page.
 */
import { Button, Group, Menu, Paper, Text, Title } from "@mantine/core";
import { IconDownload, IconTable } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { saveFile, svgToPng, toCsv } from "./csv.ts";
import { type Column, DataTable } from "./data-table.tsx";

export interface ChartFrameProps<Row> {
  readonly title: string;
  /** File name without extension. */
  readonly name: string;
  /** One or two sentences under the title. */
  readonly description?: ReactNode;
  /** The total the picture adds up to. */
  readonly total?: ReactNode;
  readonly table: { readonly columns: readonly Column<Row>[]; readonly rows: readonly Row[] };
  /** The picture as a self-contained SVG text, in light colours; undefined when there is nothing to draw. */
  readonly svg?: (() => string | Promise<string>) | undefined;
  /** Switches that belong to the picture. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

function DownloadMenu<Row>({ name, table, svg }: Pick<ChartFrameProps<Row>, "name" | "table" | "svg">) {
  const [failure, setFailure] = useState("");
  const csv = () => {
    const head = table.columns.map(({ title }) => title);
    const rows = table.rows.map((row) => table.columns.map(({ value }) => value(row)));
    saveFile(`${name}.csv`, new Blob([toCsv([head, ...rows])], { type: "text/csv;charset=utf-8" }));
  };
  const picture = async (kind: "svg" | "png") => {
    setFailure("");
    try {
      const text = (await svg?.()) ?? "";
      saveFile(`${name}.${kind}`, kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await svgToPng(text));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "The picture could not be made.");
    }
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="compact-sm" leftSection={<IconDownload size={15} aria-hidden />}>
            Take it away
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={csv}>Table as CSV</Menu.Item>
          {svg && <Menu.Item onClick={() => void picture("svg")}>Picture as SVG</Menu.Item>}
          {svg && <Menu.Item onClick={() => void picture("png")}>Picture as PNG</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Text role="status" size="sm" c="red">
        {failure}
      </Text>
    </>
  );
}

export function ChartFrame<Row>({
  title,
  name,
  description,
  total,
  table,
  svg,
  controls,
  children,
}: ChartFrameProps<Row>) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <Paper component="figure" withBorder p="md" m={0} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" mb="xs" gap="sm">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" maw={760}>
              {description}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <Button
            variant={asTable ? "filled" : "default"}
            size="compact-sm"
            aria-pressed={asTable}
            leftSection={<IconTable size={15} aria-hidden />}
            onClick={() => setAsTable(!asTable)}
          >
            As table
          </Button>
          <DownloadMenu name={name} table={table} svg={svg} />
        </Group>
      </Group>
      {controls && !asTable && (
        <Group gap="md" mb="sm">
          {controls}
        </Group>
      )}
      {asTable ? <DataTable caption={title} hideCaption columns={table.columns} rows={table.rows} /> : children}
      {total && (
        <Text component="figcaption" size="sm" mt="sm">
          {total}
        </Text>
      )}
    </Paper>
  );
}
