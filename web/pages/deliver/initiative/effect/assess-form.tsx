/**
 * Writes a benefits assessment: it begins with what the measurements say, and asks for a decision when they say neither
 * better nor worse. The numbers themselves are copied by the API, not by this form.
 */
import { Alert, Text } from "@mantine/core";
import { useState } from "react";
import { useChange } from "../../../../api/use-answer.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { FormFrame } from "../../act/form-frame.tsx";
import { useAuthorGate } from "../../author/author-gate.tsx";
import { useInitiative } from "../use-initiative.ts";
import { draftAssessment, explainDecision, foreseeVerified, needsDecision } from "./assess.ts";
import type { ShownEffect } from "./use-measured.ts";

interface AssessFormProps {
  readonly effects: readonly ShownEffect[];
  readonly onDone: () => void;
}

function useAssess(onDone: () => void) {
  const { initiative } = useInitiative();
  const assess = useChange("assess-benefits");
  const { withAuthor, question } = useAuthorGate();
  const send = (text: string, decision: string) =>
    withAuthor((author) => {
      const decided = decision.trim() === "" ? {} : { decision: decision.trim() };
      assess.mutate({ id: initiative.id, author, text: text.trim(), ...decided }, { onSuccess: onDone });
    });
  return { assess, send, question };
}

function Outlook({ effects }: Pick<AssessFormProps, "effects">) {
  const { initiative, report } = useInitiative();
  const verified = foreseeVerified(effects, initiative.findings);
  if (verified.length === 0) return null;
  const titles = verified.map((id) => report.findings.find((one) => one.id === id)?.title ?? `finding ${id}`);
  return (
    <Text size="sm" data-testid="will-verify">
      With it, “{titles.join("”, “")}” turns verified: its effect is better.
    </Text>
  );
}

export function AssessForm({ effects, onDone }: AssessFormProps) {
  const { assess, send, question } = useAssess(onDone);
  const [text, setText] = useState(() => draftAssessment(effects));
  const [decision, setDecision] = useState("");
  const asks = needsDecision(effects);
  const lacks = [
    ...(text.trim() === "" ? ["what came of it"] : []),
    ...(asks && decision.trim() === "" ? ["what is decided"] : []),
  ];
  return (
    <FormFrame
      submit="Write the assessment"
      onSubmit={() => send(text, decision)}
      lacks={lacks}
      isPending={assess.isPending}
      error={assess.error}
      onCancel={onDone}
      question={question}
    >
      <WordsField
        label="What came of it"
        description="Begun from the measurements; add what they cannot say"
        required
        minRows={4}
        value={text}
        onChange={setText}
      />
      {asks && (
        <Alert color="orange" variant="outline" title="A decision is due">
          {explainDecision(effects)}
        </Alert>
      )}
      <WordsField
        label={asks ? "What is decided" : "What is decided (may stay empty)"}
        placeholder="such as: measure four weeks longer; roll it back; keep it for another reason"
        required={asks}
        value={decision}
        onChange={setDecision}
      />
      <Outlook effects={effects} />
    </FormFrame>
  );
}
