/**
 * A touchpoint by name, marked with the colour of its stage; the stage is said in its tooltip.
 */
import { stageColor } from "../../../theme.ts";
import classes from "./touchpoint-chip.module.css";

interface TouchpointChipProps {
  readonly touchpoint: string;
  readonly stage: string | null;
  /** Marked as added against the main path. */
  readonly added?: boolean;
}

export function TouchpointChip({ touchpoint, stage, added = false }: TouchpointChipProps) {
  return (
    <span
      className={classes.chip}
      data-added={added || undefined}
      title={`${touchpoint} (${stage ?? "no stage yet"})`}
      style={{ "--stage": stageColor(stage) } as React.CSSProperties}
    >
      {touchpoint}
    </span>
  );
}
