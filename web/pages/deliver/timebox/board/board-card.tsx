/**
 * One requirement on the board: what, how much, who, and its marks. Drawn again only when it changed or is in hand.
 * It has no handlers of its own: the board hears everything that is done to its cards.
 */
import { Badge, Text } from "@mantine/core";
import { memo } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { type EffortUnit, formatEffort } from "../../priority-words.ts";
import { formatAmount } from "../timebox-words.ts";
import classes from "./board.module.css";
import { isTested } from "./move.ts";

export interface BoardCardProps {
  readonly requirement: Requirement;
  readonly unit: EffortUnit;
  readonly blocked: boolean;
  /** Whether Tab reaches it: one card of the board at a time, arrow keys lead to the others. */
  readonly active: boolean;
  readonly inHand: boolean;
  readonly movable: boolean;
}

export const HELP_ID = "board-help";

function describeEffort({ effort, remaining, state }: Requirement, unit: EffortUnit): string {
  if (effort === 0) return "no effort estimated";
  const whole = formatEffort(effort, unit);
  return state === "done" || remaining === effort ? whole : `${whole}, ${formatAmount(remaining)} left`;
}

function describePeople({ owner, developer }: Requirement): string {
  if (owner === null && developer === null) return "nobody’s yet";
  return [owner ?? "no owner", developer].filter((one) => one !== null).join(" · ");
}

function Marks({ requirement, blocked }: Pick<BoardCardProps, "requirement" | "blocked">) {
  const { evidence, carried, breadth } = requirement;
  const looks = { size: "sm", tt: "none", radius: "sm" } as const;
  return (
    <span className={classes.marks}>
      {blocked && (
        <Badge {...looks} color="red" variant="light">
          Blocked
        </Badge>
      )}
      {evidence.length > 0 && (
        <Badge {...looks} color={isTested(requirement) ? "teal" : "orange"} variant="light">
          {isTested(requirement) ? "Tested" : "Test failed"}
        </Badge>
      )}
      {evidence.length === 0 && requirement.state === "done" && (
        <Badge {...looks} color="orange" variant="light">
          No test
        </Badge>
      )}
      {carried.length > 0 && (
        <Badge {...looks} color="gray" variant="default">
          {carried.length === 1 ? "Carried over" : `Carried over ${carried.length} times`}
        </Badge>
      )}
      {breadth !== null && breadth.approvedBy === null && (
        <Badge {...looks} color="orange" variant="light">
          Not approved
        </Badge>
      )}
    </span>
  );
}

function NeedLinks({ requirement: { need }, active }: Pick<BoardCardProps, "requirement" | "active">) {
  const { finding, kpi, goal } = need;
  const looks = { size: "xs", tabIndex: active ? 0 : -1, draggable: false } as const;
  if (finding === null && kpi === null && goal === null)
    return (
      <Text component="span" size="xs" c="dimmed">
        no need named
      </Text>
    );
  return (
    <>
      {finding !== null && (
        <ScopeLink to="diagnose/findings" search={{ finding }} {...looks}>
          Finding {finding}
        </ScopeLink>
      )}
      {kpi !== null && (
        <ScopeLink to="measure/kpis" search={{ kpi }} {...looks}>
          KPI {kpi}
        </ScopeLink>
      )}
      {goal !== null && (
        <ScopeLink to="deliver/portfolio" {...looks}>
          Goal {goal}
        </ScopeLink>
      )}
    </>
  );
}

export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { requirement, unit, blocked, active, inHand, movable } = props;
  return (
    <li className={classes.card} data-requirement={requirement.id} data-in-hand={inHand} draggable={movable}>
      {/* biome-ignore lint/a11y/useSemanticElements: Firefox drags nothing by a button */}
      <div
        role="button"
        className={classes.handle}
        data-card={requirement.id}
        tabIndex={active ? 0 : -1}
        aria-describedby={HELP_ID}
        aria-haspopup="dialog"
      >
        <span className={classes.name}>
          <span className={classes.number}>{requirement.id}</span> {requirement.title}
        </span>
        <span className={classes.facts}>
          {describeEffort(requirement, unit)} · {describePeople(requirement)}
        </span>
        <Marks requirement={requirement} blocked={blocked} />
      </div>
      <span className={classes.links}>
        <NeedLinks requirement={requirement} active={active} />
      </span>
    </li>
  );
});
