/**
 * Value against effort of the initiatives, as a picture with its table; what cannot be drawn is named.
 */
import { Text } from "@mantine/core";
import type { InitiativeSummary, Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { layoutScatter, type Scatter } from "../../../charts/scatter.ts";
import { ShapesView, StillShapes } from "../../../charts/shapes-view.tsx";
import { drawScatter, keyShapes } from "../../../charts/svg-scatter.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount } from "../../../ui/format.ts";
import { type EffortUnit, formatEffort, INITIATIVE_STATES } from "../priority-words.ts";
import { drawnUnits, isWeighed, valueAgainstEffort } from "./portfolio-words.ts";

const HEIGHT = 340;

function columnsFor(unit: EffortUnit, currency: string): Column<InitiativeSummary>[] {
  return [
    { key: "title", title: "Initiative", value: ({ title }) => title },
    { key: "state", title: "State", value: ({ state }) => INITIATIVE_STATES[state] },
    {
      key: "value",
      title: `Value a month${currency === "" ? "" : `, ${currency}`}`,
      align: "right",
      value: ({ value }) => value,
      format: ({ value }) => formatCount(value),
    },
    {
      key: "effort",
      title: `Effort, ${unit}`,
      align: "right",
      value: ({ effort }) => effort,
      format: ({ effort }) => formatEffort(effort, unit),
    },
  ];
}

/** Which are not in the picture, and what would bring them in. */
function describeLeftOut(initiatives: readonly InitiativeSummary[]): string | undefined {
  const left = initiatives.filter((one) => !isWeighed(one)).map(({ title }) => `“${title}”`);
  if (left.length === 0) return undefined;
  const named = left.length > 5 ? `${left.slice(0, 5).join(", ")} and ${left.length - 5} more` : left.join(", ");
  return `Not in the picture, for want of a value or of requirements with effort: ${named}.`;
}

function Picture({ scatter }: { readonly scatter: Scatter }) {
  const key = keyShapes(scatter);
  return (
    <>
      {key.length > 0 && <StillShapes shapes={key} width={220} height={20} />}
      <ShapesView
        layout={(width) => layoutScatter(scatter, width, HEIGHT)}
        label={`${scatter.title}. ${scatter.sentence}`}
      />
    </>
  );
}

export function ValueEffort({ portfolio }: { readonly portfolio: Portfolio }) {
  const { initiatives, currency } = portfolio;
  const units = drawnUnits(initiatives);
  const left = describeLeftOut(initiatives);
  return units.map((unit) => {
    const scatter = valueAgainstEffort(initiatives, unit, currency);
    const rows = initiatives.filter((one) => isWeighed(one) && one.effortUnit === unit);
    return (
      <ChartFrame
        key={unit}
        title={units.length > 1 ? `${scatter.title}, in ${unit}` : scatter.title}
        name={`value-against-effort-${unit}`}
        description={scatter.sentence}
        total={left && <Text size="sm">{left}</Text>}
        table={{ columns: columnsFor(unit, currency), rows }}
        svg={() => drawScatter(scatter)}
      >
        <Picture scatter={scatter} />
      </ChartFrame>
    );
  });
}
