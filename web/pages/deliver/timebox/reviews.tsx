/**
 * The reviews of a timebox: of its three stages where it is structured, of its iterations where it is free.
 */
import { NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { TIMEBOX_STAGES, type Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatMoment } from "../../../ui/format.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { Byline, Nothing, Section, Words } from "../initiative/section.tsx";
import { PlainList } from "../views/plain-list.tsx";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

type Stage = (typeof TIMEBOX_STAGES)[number];

const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  investigation: "Investigation",
  refinement: "Refinement",
  consolidation: "Consolidation",
  iteration: "Iteration",
};
/** Of the effort, as a rule of thumb. */
const STAGE_SHARES: Readonly<Partial<Record<Stage, string>>> = {
  investigation: "10–20 % of the effort",
  refinement: "60–80 %",
  consolidation: "10–20 %",
};

const STRUCTURED = TIMEBOX_STAGES.filter((stage) => stage !== "iteration");

/** The first stage without a review. */
function findNextStage({ format, reviews }: Timebox): Stage {
  if (format === "free") return "iteration";
  return STRUCTURED.find((stage) => !reviews.some((one) => one.stage === stage)) ?? "consolidation";
}

function ReviewForm() {
  const { timebox } = useTimebox();
  const [stage, setStage] = useState<Stage>(findNextStage(timebox));
  const [feedback, setFeedback] = useState("");
  const said = feedback.trim();
  return (
    <ActionForm
      submit="Note the review"
      change={(send) => send({ type: "review-stage", timebox: timebox.id, stage, feedback: said === "" ? null : said })}
      onDone={() => setFeedback("")}
    >
      {timebox.format === "structured" && (
        <NativeSelect
          label="Stage"
          data={STRUCTURED.map((value) => ({ value, label: `${STAGE_NAMES[value]} (${STAGE_SHARES[value] ?? ""})` }))}
          value={stage}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setStage(STRUCTURED.find((one) => one === value) ?? stage);
          }}
          maw={320}
        />
      )}
      <WordsField
        label={timebox.format === "free" ? "Feedback on this iteration" : "Feedback"}
        description="What people said of what was shown. A review without feedback is reported (rule 30)."
        value={feedback}
        onChange={setFeedback}
      />
    </ActionForm>
  );
}

export function Reviews() {
  const { timebox, zone } = useTimebox();
  const missing = STRUCTURED.filter((stage) => !timebox.reviews.some((one) => one.stage === stage));
  return (
    <Section title="Reviews">
      {timebox.reviews.length === 0 && <Nothing>No review yet.</Nothing>}
      <PlainList gap="sm" data-testid="reviews">
        {timebox.reviews.map(({ stage, at, author, feedback }) => (
          <li key={at}>
            <Text size="sm" fw={600}>
              {STAGE_NAMES[stage]}
            </Text>
            <Byline>
              {author}, {formatMoment(at, zone)}
            </Byline>
            <Words>{feedback ?? "No feedback was noted."}</Words>
          </li>
        ))}
      </PlainList>
      {timebox.format === "structured" && missing.length > 0 && timebox.state === "running" && (
        <Nothing>Still to come: {missing.map((stage) => STAGE_NAMES[stage].toLowerCase()).join(", ")}.</Nothing>
      )}
      {timebox.state === "running" && <ReviewForm />}
    </Section>
  );
}
