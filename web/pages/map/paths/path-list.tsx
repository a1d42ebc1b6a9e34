/**
 * Paths as rows: how many take each, its touchpoints as chips, how it differs from the main path.
 */
import { Badge, Progress, Text, VisuallyHidden } from "@mantine/core";
import { Fragment } from "react";
import { Behind } from "../../../ui/behind.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { TouchpointChip } from "../views/touchpoint-chip.tsx";
import { describeDetour, drawTogether, sayStretch, type Variant } from "./describe-path.ts";
import classes from "./path-list.module.css";

interface PathListProps {
  readonly variants: readonly Variant[];
  /** What the first one is called. */
  readonly mainName: string;
  readonly stageOf: (touchpoint: string) => string | null;
}

function Chips({ variant, stageOf }: { readonly variant: Variant; readonly stageOf: PathListProps["stageOf"] }) {
  const added = new Set(variant.detour?.added);
  return (
    <div className={classes.chips}>
      {drawTogether(variant.path).map((stretch, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path has an order, and its parts may repeat.
        <Fragment key={index}>
          {index > 0 && (
            <>
              <span aria-hidden className={classes.arrow}>
                →
              </span>
              <VisuallyHidden>then</VisuallyHidden>
            </>
          )}
          <TouchpointChip
            touchpoint={sayStretch(stretch)}
            stage={stageOf(stretch.touchpoint)}
            added={added.has(stretch.touchpoint)}
          />
        </Fragment>
      ))}
    </div>
  );
}

function PathRow({
  variant,
  rank,
  most,
  mainName,
  stageOf,
}: Omit<PathListProps, "variants"> & { readonly variant: Variant; readonly rank: number; readonly most: number }) {
  const { path, journeys, share, detour } = variant;
  return (
    <li className={classes.row} data-testid="path">
      <div className={classes.numbers}>
        <Text size="sm" component="span">
          <Behind title={`Journeys on path ${rank}`} select={{ kind: "path", path: [...path] }}>
            {formatCount(journeys)}
          </Behind>{" "}
          <Text span c="dimmed" size="sm">
            {formatShare(share)}
          </Text>
        </Text>
        <Progress value={most > 0 ? (share / most) * 100 : 0} size={6} mt={4} aria-hidden />
      </div>
      <div>
        <Chips variant={variant} stageOf={stageOf} />
        {rank === 1 ? (
          <Badge variant="light" size="sm" tt="none" mt={6}>
            {mainName}
          </Badge>
        ) : (
          detour && (
            <Text size="xs" c="dimmed" mt={4} lineClamp={2} title={describeDetour(detour)}>
              {describeDetour(detour)}
            </Text>
          )
        )}
      </div>
    </li>
  );
}

export function PathList({ variants, mainName, stageOf }: PathListProps) {
  const most = variants[0]?.share ?? 0;
  return (
    <ol className={classes.list}>
      {variants.map((variant, index) => (
        <PathRow
          key={JSON.stringify(variant.path)}
          variant={variant}
          rank={index + 1}
          most={most}
          mainName={mainName}
          stageOf={stageOf}
        />
      ))}
    </ol>
  );
}
