/**
 * What is asked before a card moves: why, where its priority or the plan changes; how it was tested, where it is done.
 */
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ReasonField } from "../../act/form-frame.tsx";
import { describeMove, type Move } from "./move.ts";
import type { MoveAnswers } from "./use-moves.ts";

interface MoveDialogProps {
  readonly move: Move | undefined;
  readonly requirement: Requirement | undefined;
  /** Musts left out of a running timebox are no small thing: said before it is done. */
  readonly warning: string | undefined;
  readonly onMove: (answers: MoveAnswers) => void;
  readonly onClose: () => void;
  /** The dialog is gone: the focus may go back to the card. */
  readonly onGone: () => void;
}

interface EvidenceProps {
  readonly text: string;
  readonly passed: boolean;
  readonly onText: (text: string) => void;
  readonly onPassed: (passed: boolean) => void;
  readonly focus: boolean;
}

function Evidence({ text, passed, onText, onPassed, focus }: EvidenceProps) {
  return (
    <>
      <Text size="sm">
        No passed test is on record. Done without test evidence breaks a rule (23): quality is fixed.
      </Text>
      <WordsField
        label="How was it tested?"
        description="Against which acceptance criteria, by whom, with what result. Left empty, nothing is recorded."
        data-autofocus={focus || undefined}
        value={text}
        onChange={onText}
      />
      <Checkbox
        label="It passed"
        checked={passed}
        disabled={text.trim() === ""}
        onChange={(event) => onPassed(event.currentTarget.checked)}
      />
    </>
  );
}

function MoveForm({
  move,
  warning,
  onMove,
  onClose,
}: Omit<MoveDialogProps, "move" | "onGone"> & { readonly move: Move }) {
  const [reason, setReason] = useState("");
  const [evidence, setEvidence] = useState("");
  const [passed, setPassed] = useState(true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    onMove({ reason, evidence, passed });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{describeMove(move)}?</Text>
        {warning !== undefined && (
          <Alert color="orange" variant="light">
            {warning}
          </Alert>
        )}
        {move.asksReason && <ReasonField label="Why?" value={reason} onChange={setReason} focus />}
        {move.asksEvidence && (
          <Evidence
            text={evidence}
            passed={passed}
            onText={setEvidence}
            onPassed={setPassed}
            focus={!move.asksReason}
          />
        )}
        <Group gap="xs">
          <Button type="submit" disabled={move.asksReason && reason.trim() === ""}>
            {move.asksEvidence && evidence.trim() === "" ? "Move it without evidence" : "Move it"}
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it where it was
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function MoveDialog({ move, requirement, onGone, ...rest }: MoveDialogProps) {
  return (
    <Modal
      opened={move !== undefined}
      onClose={rest.onClose}
      returnFocus={false}
      onExitTransitionEnd={onGone}
      title={requirement ? `${requirement.id} ${requirement.title}` : ""}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {move && <MoveForm {...rest} requirement={requirement} move={move} />}
    </Modal>
  );
}
