/**
 * The paths' figure: the list, what is not listed, its table and exports.
 */
import { Group, Select, Stack, Text } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { pathsSvg } from "../../../charts/svg-paths.ts";
import { Behind } from "../../../ui/behind.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatDuration, formatShare } from "../../../ui/format.ts";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { Choice, numberOptions } from "../views/choice.tsx";
import { nameWithTotal } from "../views/name-with-total.ts";
import { StageLegend } from "../views/stage-legend.tsx";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import { describeDetour, drawTogether, sayStretch, spellDetour, type Variant } from "./describe-path.ts";
import { PathList } from "./path-list.tsx";
import type { PathsView } from "./paths-search.ts";

const TITLE = "The paths that journeys take";

interface PathsFigureProps {
  readonly answer: Answer<"variants">;
  readonly view: PathsView;
  readonly setView: (change: { top?: number; contains?: string | undefined }) => void;
}

const spell = ({ path }: Variant) => drawTogether(path).map(sayStretch).join(" → ");

function columns(mainName: string): readonly Column<Variant>[] {
  return [
    { key: "path", title: "Path", value: spell },
    { key: "events", title: "Events", align: "right", value: ({ path }) => path.length },
    {
      key: "journeys",
      title: "Journeys",
      align: "right",
      value: ({ journeys }) => journeys,
      format: ({ journeys, path }) => (
        <Behind title="Journeys on this path" select={{ kind: "path", path: [...path] }}>
          {formatCount(journeys)}
        </Behind>
      ),
    },
    {
      key: "share",
      title: "Of all journeys",
      align: "right",
      value: ({ share }) => share,
      format: ({ share }) => formatShare(share),
    },
    {
      key: "detour",
      title: "Against the main path",
      value: ({ detour }) => (detour ? spellDetour(detour) : mainName),
    },
  ];
}

function describeOther({ other, journeys }: Answer<"variants">): string {
  if (other.variants === 0) return "These are all paths.";
  const share = formatShare(other.journeys / journeys);
  return `Other: ${formatCountOf(other.variants, "path")} with ${formatCountOf(other.journeys, "journey")} (${share}).`;
}

export function PathsFigure({ answer, view, setView }: PathsFigureProps) {
  const { names, colorOf, stageOf } = useTouchpoints();
  const mainName = view.contains === undefined ? "main path" : `commonest with ${view.contains}`;
  const stages = answer.variants.flatMap(({ path }) => path.map(stageOf));
  const svg = () => {
    const paths = answer.variants.map((variant, index) => ({
      touchpoints: variant.path,
      share: variant.share,
      numbers: `${formatCount(variant.journeys)} · ${formatShare(variant.share)}`,
      note: index === 0 ? mainName : variant.detour ? describeDetour(variant.detour) : "",
    }));
    return pathsSvg(paths, { title: nameWithTotal(TITLE, answer), other: describeOther(answer), color: colorOf });
  };
  return (
    <ChartFrame
      title={TITLE}
      name="paths"
      description={`${formatCountOf(answer.count, "different path")}; half of the journeys last longer than ${formatDuration(answer.medianSeconds)}.`}
      total={<JourneyTotal answer={answer} />}
      table={{ columns: columns(mainName), rows: answer.variants }}
      svg={svg}
      controls={<PathsControls names={names} view={view} setView={setView} />}
    >
      <Stack gap="sm">
        <StageLegend stages={stages} />
        <PathList variants={answer.variants} mainName={mainName} stageOf={stageOf} />
        <Text size="sm" c="dimmed" data-testid="other">
          {describeOther(answer)}
        </Text>
      </Stack>
    </ChartFrame>
  );
}

export function PathsControls({
  names,
  view,
  setView,
}: Pick<PathsFigureProps, "view" | "setView"> & { readonly names: readonly string[] }) {
  return (
    <Group gap="lg">
      <Select
        aria-label="Only paths with a touchpoint"
        placeholder="Only paths with …"
        data={[...names]}
        value={view.contains ?? null}
        onChange={(next) => setView({ contains: next ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "Show all paths" }}
        nothingFoundMessage="No touchpoint has such a name"
        size="xs"
        w={260}
      />
      <Choice
        label="Paths listed"
        value={view.top}
        options={numberOptions([10, 20, 50, 100], view.top)}
        onChange={(top) => setView({ top })}
      />
    </Group>
  );
}
