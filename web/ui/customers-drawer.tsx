/**
 * Who is behind a number: how many, who they are compared with all others, and each of them one click away.
 * What is open stands in the address, so that a link shows it too.
 */
import { Alert, Drawer, Stack, Tabs, Text } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { z } from "zod";
import type { Answer, Input } from "../api/types.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { ScopeSearch } from "../scope/scope.ts";
import { useScope } from "../scope/use-scope.ts";
import { AnswerView } from "./answer-view.tsx";
import type { BehindTarget } from "./behind.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { formatCount, formatCountOf, formatDuration, formatMoment, formatPoints, formatShare } from "./format.ts";
import { describeInterval } from "./interval.tsx";
import { ScopeLink } from "./scope-link.tsx";

const targetSchema = z.object({
  title: z.string(),
  select: z.looseObject({ kind: z.string() }),
  by: z.enum(["touchpoint", "stage"]).optional(),
  scope: z
    .object({
      from: z.string().optional(),
      to: z.string().optional(),
      where: z.string().optional(),
      outside: z.boolean().optional(),
    })
    .optional(),
});

function readTarget(text: string | undefined): BehindTarget | undefined {
  if (text === undefined) return undefined;
  try {
    return targetSchema.parse(typeof text === "string" ? JSON.parse(text) : text) as BehindTarget;
  } catch {
    return undefined;
  }
}

type Question = Omit<Input<"customers">, "limit">;
type Row = Answer<"customers">["rows"][number];
type ProfileRow = Answer<"profile">["fields"][number];

function columnsFor(zone: string): Column<Row>[] {
  return [
    {
      key: "customer",
      title: "Customer",
      value: (row) => row.customer,
      format: (row) =>
        row.customer ? (
          <ScopeLink to="map/customer" search={{ customer: row.customer, owner: row.owner }} inherit>
            {row.customer}
          </ScopeLink>
        ) : (
          "nobody known"
        ),
    },
    { key: "owner", title: "Journey", value: (row) => row.owner },
    { key: "start", title: "Start", value: (row) => row.start, format: (row) => formatMoment(row.start, zone) },
    {
      key: "duration",
      title: "Lasts",
      align: "right",
      value: (row) => row.durationSeconds,
      format: (row) => formatDuration(row.durationSeconds),
    },
    {
      key: "events",
      title: "Events",
      align: "right",
      value: (row) => row.events,
      format: (row) => formatCount(row.events),
    },
  ];
}

function CustomerList({ question }: { readonly question: Question }) {
  const query = useAnswer("customers", { ...question, limit: 200 } as Input<"customers">);
  return (
    <AnswerView query={query}>
      {(answer) => (
        <Stack gap="xs">
          <Text data-testid="behind-total" data-total={answer.total}>
            <strong>{formatCountOf(answer.total, answer.unit === "customers" ? "customer" : "journey")}</strong>
            {answer.unit === "journeys" && ` of ${formatCountOf(answer.customers, "customer")}`}
            {answer.rows.length < answer.total && `; the first ${formatCount(answer.rows.length)} are listed`}
          </Text>
          <DataTable
            caption="Customers behind the number"
            hideCaption
            columns={columnsFor(answer.zone)}
            rows={answer.rows}
            maxHeight={620}
          />
        </Stack>
      )}
    </AnswerView>
  );
}

const PROFILE_COLUMNS: Column<ProfileRow>[] = [
  { key: "field", title: "What", value: (row) => row.field.replace(/^(?:customer|prop)\./u, "") },
  { key: "value", title: "Value", value: (row) => row.value },
  {
    key: "selected",
    title: "These",
    align: "right",
    value: (row) => row.selected.share,
    format: (row) => `${formatShare(row.selected.share)} (${formatCount(row.selected.count)})`,
  },
  {
    key: "rest",
    title: "All others",
    align: "right",
    value: (row) => row.rest.share,
    format: (row) => `${formatShare(row.rest.share)} (${formatCount(row.rest.count)})`,
  },
  {
    key: "difference",
    title: "Difference",
    align: "right",
    value: (row) => row.difference.value,
    format: ({ difference }) =>
      difference.value === null ? (
        "too few"
      ) : (
        <span title={describeInterval({ low: difference.low, high: difference.high, unit: "share" })}>
          {formatPoints(difference.value)}
        </span>
      ),
  },
];

function Profile({ question }: { readonly question: Question }) {
  const query = useAnswer("profile", question as Input<"profile">);
  return (
    <AnswerView query={query}>
      {(answer) => (
        <Stack gap="xs">
          <Text size="sm">
            {formatCount(answer.n)} here against {formatCount(answer.others)} others in the same scope. It says who they
            are, not why: look at the strongest differences as hints.
          </Text>
          {answer.fields.length === 0 ? (
            <Alert color="gray">
              The events carry no traits or properties with few values, or nothing sets these apart.
            </Alert>
          ) : (
            <DataTable
              caption="What sets them apart"
              hideCaption
              columns={PROFILE_COLUMNS}
              rows={answer.fields}
              maxHeight={620}
            />
          )}
        </Stack>
      )}
    </AnswerView>
  );
}

export function CustomersDrawer() {
  const { input, set } = useScope();
  const { behind } = useSearch({ strict: false }) as ScopeSearch;
  const target = readTarget(behind);
  const close = () => set({ behind: undefined });
  const { journey } = input;
  const scope = target?.scope ? { ...(journey === undefined ? {} : { journey }), ...target.scope } : input;
  const question = target && ({ ...scope, ...(target.by ? { by: target.by } : {}), select: target.select } as Question);
  return (
    <Drawer
      opened={target !== undefined}
      onClose={close}
      position="right"
      size={720}
      title={target?.title ?? ""}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {question && (
        <Tabs defaultValue="list" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="list">Customers</Tabs.Tab>
            <Tabs.Tab value="profile">Who they are</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="list">
            <CustomerList question={question} />
          </Tabs.Panel>
          <Tabs.Panel value="profile">
            <Profile question={question} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  );
}
