/**
 * A form around one action: the reason where the action needs one; what the fields make is the caller's matter.
 * Its frame is ../../act/form-frame.tsx.
 */
import { type ReactNode, useState } from "react";
import { type ActionType, type DeliveryAction, NEEDS_REASON } from "../../../../../src/domain/dsdm/action.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { FormFrame } from "../../act/form-frame.tsx";
import { useAct } from "./use-act.tsx";

interface ActionFormProps {
  /** Decides whether a reason is asked for. */
  readonly type: ActionType;
  readonly make: () => DeliveryAction;
  /** What is missing, as it continues "To go on, say …". */
  readonly lacks?: readonly string[];
  /** On the button. */
  readonly submit: string;
  readonly color?: string;
  /** What the reason begins with. */
  readonly reason?: string;
  readonly onDone?: (report: InitiativeReport) => void;
  /** Beside the button. */
  readonly onCancel?: () => void;
  /** Shown in the place of what went wrong; undefined: its sentence. `again` sends another action with the same reason. */
  readonly explain?: (
    error: Error,
    again: (action: DeliveryAction) => void,
    reset: () => void,
  ) => ReactNode | undefined;
  readonly children?: ReactNode;
}

function useActionForm({ type, lacks = [], reason = "", onDone }: ActionFormProps) {
  const doing = useAct();
  const [why, setWhy] = useState(reason);
  const needsReason = NEEDS_REASON.has(type);
  const missing = needsReason && why.trim() === "" ? [...lacks, "a reason"] : lacks;
  const send = (action: DeliveryAction): void => {
    const done = (report: InitiativeReport): void => {
      setWhy(reason);
      onDone?.(report);
    };
    doing.act(action, { ...(needsReason ? { reason: why } : {}), onDone: done });
  };
  return { doing, why, setWhy, needsReason, missing, send };
}

export function ActionForm(props: ActionFormProps) {
  const { make, submit, color, onCancel, explain, children } = props;
  const { doing, why, setWhy, needsReason, missing, send } = useActionForm(props);
  const { isPending, isSuccess, error, reset, question } = doing;
  return (
    <FormFrame
      onSubmit={() => send(make())}
      reason={needsReason ? { value: why, onChange: setWhy } : undefined}
      lacks={missing}
      explained={error ? explain?.(error, send, reset) : undefined}
      {...{ submit, color, isPending, isSuccess, error, onCancel, question }}
    >
      {children}
    </FormFrame>
  );
}
