/**
 * A form that changes the timebox by one or more actions: its fields are the children; the page shows the answer at once.
 * Its frame is act/form-frame.tsx.
 */
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormFrame } from "../act/form-frame.tsx";
import { type Send, useSend } from "../act/use-send.ts";
import { useAuthorGate } from "../author/author-gate.tsx";
import { useTimebox } from "./timebox-context.ts";

export interface ActionFormProps {
  /** What is sent; more than one action goes one after the other. */
  readonly change: (send: Send, reason: string) => Promise<unknown>;
  /** Words on the button. */
  readonly submit: string;
  /** Label of the reason; left out: none is asked for. It is required. */
  readonly reason?: string;
  /** False while a field lacks what it needs. */
  readonly ready?: boolean;
  readonly color?: string;
  /** Said once it is through; default "Saved." */
  readonly saved?: string;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
}

function useChanging({ change, onDone }: Pick<ActionFormProps, "change" | "onDone">, reason: string) {
  const { initiative } = useTimebox();
  const sendAs = useSend(initiative.id);
  return useMutation<unknown, Error, string>({
    mutationFn: (author) => change(sendAs(author), reason),
    onSuccess: () => onDone?.(),
  });
}

export function ActionForm(props: ActionFormProps) {
  const { submit, reason: label, ready = true, color, saved, onCancel, children } = props;
  const [reason, setReason] = useState("");
  const { mutate, isPending, isSuccess, error } = useChanging(props, reason);
  const { withAuthor, question } = useAuthorGate();
  return (
    <FormFrame
      onSubmit={() => withAuthor((author) => mutate(author, { onSuccess: () => setReason("") }))}
      reason={label === undefined ? undefined : { label, value: reason, onChange: setReason }}
      disabled={!ready || (label !== undefined && reason.trim() === "")}
      {...{ submit, color, saved, isPending, isSuccess, error, onCancel, question }}
    >
      {children}
    </FormFrame>
  );
}
