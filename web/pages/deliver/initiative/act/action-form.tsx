/**
 * A form around one action: its fields, the reason where the action needs one, what is still missing, what went wrong.
 * The fields and what they make are the caller's matter.
 */
import { Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { type ActionType, type DeliveryAction, NEEDS_REASON } from "../../../../../src/domain/dsdm/action.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { FormEnd, ReasonField } from "./form-end.tsx";
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

function useActionForm({ type, make, lacks = [], reason = "", onDone }: ActionFormProps) {
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
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A dialog stands inside the page's tree: a form around it is not meant.
    event.stopPropagation();
    if (missing.length === 0) send(make());
  };
  return { doing, why, setWhy, needsReason, missing, send, submit };
}

export function ActionForm(props: ActionFormProps) {
  const { submit: label, color, onCancel, explain, children } = props;
  const { doing, why, setWhy, needsReason, missing, send, submit } = useActionForm(props);
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          {needsReason && <ReasonField value={why} onChange={setWhy} />}
          <FormEnd
            submit={label}
            color={color}
            isPending={doing.isPending}
            isSuccess={doing.isSuccess}
            lacks={missing}
            error={doing.error}
            explained={doing.error ? explain?.(doing.error, send, doing.reset) : undefined}
            onCancel={onCancel}
          />
        </Stack>
      </form>
      {doing.question}
    </>
  );
}
