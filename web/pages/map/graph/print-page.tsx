/**
 * The measured journey on one A4 page: graph, totals, busiest touchpoints, where journeys end, commonest detours.
 */
import { Button, Group, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { svgGraph } from "../../../charts/svg-graph.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { formatMoment } from "../../../ui/format.ts";
import { JourneyTotal, type Totals } from "../../../ui/journey-total.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { emptyWithoutJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { describeScope, describeShown } from "./describe-view.ts";
import type { CompareAnswer } from "./graph-compare.ts";
import type { MapAnswer } from "./graph-model.ts";
import { type GraphView, graphSearchSchema } from "./graph-search.ts";
import { busiest, detours, endings, type PrintLine } from "./print-model.ts";
import classes from "./print-page.module.css";
import { useDrawing, useSelectedGraph } from "./use-graph.ts";

/** The room of the picture on paper, in px of the drawing. */
const PAPER = { width: 1560, height: 640 };

function Lines({
  title,
  lines,
  none,
}: {
  readonly title: string;
  readonly lines: readonly PrintLine[];
  readonly none: string;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className={classes.quiet}>{none}</p>
      ) : (
        <ol>
          {lines.map(({ name, text }) => (
            <li key={name + text}>
              <span>{name}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface SheetProps {
  readonly answer: MapAnswer & Totals;
  readonly byStage: MapAnswer | undefined;
  readonly compared: CompareAnswer | undefined;
  readonly view: GraphView;
  readonly scopeText: string;
  readonly dataUntil: string;
}

function Sheet({ answer, byStage, compared, view, scopeText, dataUntil }: SheetProps) {
  const { input } = useScope();
  const { data: variants } = useAnswer("variants", { ...input, top: 50 });
  const whole = useSelectedGraph({ answer, byStage, compared, view });
  const { drawing, layout } = useDrawing(whole, view, PAPER);
  const svg = useMemo(() => svgGraph(drawing, "The measured journey", ""), [drawing]);
  return (
    <article className={classes.sheet} data-testid="print-sheet" aria-label="The measured journey on one page">
      <h1 className={classes.title}>The measured journey{compared ? ", compared" : ""}</h1>
      <p className={classes.quiet}>
        {scopeText}. Data until {dataUntil}. <JourneyTotal answer={answer} />
      </p>
      <img
        className={classes.picture}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
        width={layout.width}
        height={layout.height}
        alt={`The graph of the measured journey. ${describeShown(whole.graph, whole.selection, view.by)}`}
      />
      <p className={classes.quiet}>{describeShown(whole.graph, whole.selection, view.by)}</p>
      <div className={classes.columns}>
        <Lines
          title={view.by === "stage" ? "Busiest stages" : "Busiest touchpoints"}
          lines={busiest(whole.graph)}
          none="None."
        />
        <Lines title="Where journeys end" lines={endings(whole.graph)} none="None." />
        <Lines
          title="Commonest detours from the main path"
          lines={variants ? detours(variants.variants) : []}
          none={variants ? "No two journeys leave the main path in the same way." : "…"}
        />
      </div>
    </article>
  );
}

/** What is on screen alone: how to print, and the way back. */
function Tools() {
  const [view] = useView(graphSearchSchema);
  return (
    <Group className={classes.tools} gap="md" p="md" justify="space-between">
      <ScopeLink to="map/graph" search={view} size="sm">
        Back to the graph
      </ScopeLink>
      <Text size="sm" c="dimmed">
        This sheet fits one A4 page, landscape; it shows what the graph showed.
      </Text>
      <Button size="sm" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
        Print, or save as PDF
      </Button>
    </Group>
  );
}

export function PrintPage() {
  const scope = useScope();
  const [view] = useView(graphSearchSchema);
  useEffect(() => {
    document.title = "The measured journey · Waymark";
  }, []);
  const { input, compare } = scope;
  const query = useAnswer("map", { ...input, by: view.by });
  const folding = view.by === "touchpoint" && view.folded.length > 0;
  const byStage = useAnswer("map", { ...input, by: "stage" }, { enabled: folding });
  const compared = useAnswer(
    "compare",
    { ...input, vs: compare?.input ?? {}, by: view.by },
    { enabled: compare !== undefined },
  );
  const { data: extent } = useAnswer("extent", {});
  return (
    <div className={classes.page}>
      <Tools />
      <AnswerView query={query} height={640} empty={emptyWithoutJourneys}>
        {(answer) => (
          <Sheet
            answer={answer}
            byStage={byStage.data}
            compared={compare ? compared.data : undefined}
            view={{ ...view, node: undefined, edge: undefined }}
            scopeText={describeScope(scope, answer.journey, answer.zone)}
            dataUntil={formatMoment(extent?.last ?? null, answer.zone)}
          />
        )}
      </AnswerView>
    </div>
  );
}
