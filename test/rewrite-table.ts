/**
 * A CSV table as another program would export it: columns renamed, reordered and parted by `;`, with a byte-order mark,
 * Windows line ends, decimal commas, times of another zone, and records in another order.
 */
import { parse } from "csv-parse/sync";
import { openSeededRandom } from "../src/stats/seeded-random.ts";

/** How a time is written: with its offset, as local ISO time, or as local time with the day first. */
type TimeForm = "offset" | "local" | "day-first";

export interface ExportForm {
  /** New names by old ones, in the new order; columns that are not named are left out. */
  readonly names: Readonly<Record<string, string>>;
  /** The column that holds times, in UTC where they carry no offset, and how they are written now. */
  readonly time: { readonly column: string; readonly zone: string; readonly form: TimeForm };
  /** Columns whose point becomes a comma. */
  readonly decimals?: readonly string[];
  /** Records that agree in these columns and in their time keep their order; without it the file's order stays. */
  readonly shuffle?: { readonly owner: string };
}

type Row = Readonly<Record<string, string>>;

function openClock({ zone, form }: ExportForm["time"]): (utc: string) => string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const offsets = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (utc) => {
    const at = new Date(/[+-]\d{2}:\d{2}$/u.test(utc) ? utc : `${utc.replace(" ", "T")}Z`);
    const local = parts.format(at);
    if (form === "offset") return local.replace(" ", "T") + offsets.format(at).slice(-6);
    const [year, month, day] = local.slice(0, 10).split("-");
    return form === "local" ? local : `${day}.${month}.${year}${local.slice(10)}`;
  };
}

/** Another order; records that only their place tells apart stay in theirs. */
function shuffle(rows: readonly Row[], tie: (row: Row) => string): Row[] {
  const random = openSeededRandom(9);
  const order = rows.map((row, at) => ({ row, at, place: random() })).sort((a, b) => a.place - b.place);
  const tied = new Map<string, Row[]>();
  for (const row of rows) tied.set(tie(row), [...(tied.get(tie(row)) ?? []), row]);
  return order.map(({ row }) => tied.get(tie(row))?.shift() as Row);
}

function cell(value: string): string {
  return /[;"\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** @param text comma-separated, with a header */
export function rewriteTable(text: string, { names, time, decimals = [], shuffle: mix }: ExportForm): string {
  const rows = parse(text, { columns: true, bom: true }) as Row[];
  const writeTime = openClock(time);
  const mixed = mix ? shuffle(rows, (row) => `${row[mix.owner]} ${row[time.column]}`) : rows;
  const columns = Object.keys(names);
  const lines = mixed.map((row) =>
    columns
      .map((column) => {
        const value = row[column] ?? "";
        if (column === time.column) return cell(value === "" ? value : writeTime(value));
        return cell(decimals.includes(column) ? value.replace(".", ",") : value);
      })
      .join(";"),
  );
  return `\ufeff${[Object.values(names).map(cell).join(";"), ...lines].join("\r\n")}\r\n`;
}
