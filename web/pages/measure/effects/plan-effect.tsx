/**
 * "Plan a measurement": the form from what is measured to what can be seen, and its two ways on: register it, or measure at once.
 */
import { Alert, Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useChange } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { WordsField } from "../../../ui/words-field.tsx";
import { formatDate } from "../kpi-words.ts";
import type { Effect } from "./effect-words.ts";
import { ForesightPanel } from "./foresight.tsx";
import type { Question } from "./metric-words.ts";
import classes from "./plan-effect.module.css";
import { EMPTY_FORM, findMissing, findUnplanned, formOf, type PlanForm } from "./plan-form.ts";
import { PlanMetric } from "./plan-metric.tsx";
import { PlanPart } from "./plan-part.tsx";
import { PlanWhen, PlanWorth } from "./plan-when.tsx";
import { PlanWho } from "./plan-who.tsx";
import { useFieldChoices } from "./use-field-choices.ts";
import { usePlan } from "./use-plan.ts";

const TYPING_MS = 500;

interface Texts {
  readonly name: string;
  readonly why: string;
}

/** What is frozen, and when. */
function Freeze({ form, now }: { readonly form: PlanForm; readonly now: string }) {
  const late = form.since !== "" && form.since <= now;
  return (
    <Alert color={late ? "orange" : "blue"} variant="outline" title="What is frozen">
      {form.since === "" ? "At the switch-on" : `At the switch-on, ${formatDate(form.since)},`} what is measured, who
      gets it, the dates and the least effect are frozen: from then on nobody can change them, you included. Name, notes
      and comments stay open.{" "}
      {late && "That day has passed: the plan is frozen at once, and says forever that it was registered late."}
    </Alert>
  );
}

interface SaveProps {
  readonly form: PlanForm;
  readonly question: Question | string;
  readonly begin: Texts;
  /** The one that is changed; undefined for a new one. */
  readonly id: number | undefined;
  readonly finding: number | undefined;
}

function useSave({ question, id, finding }: SaveProps, { name, why }: Texts) {
  const plan = useChange("plan-effect");
  const update = useChange("update-effect");
  const set = useSetSearch();
  const save = id === undefined ? plan : update;
  const notes = why.trim();
  const done = {
    onSuccess: (kept: Effect) => set({ effect: kept.id, view: undefined, ask: undefined, finding: undefined }),
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof question === "string") return;
    if (id !== undefined) update.mutate({ id, name: name.trim(), why: notes === "" ? null : notes, question }, done);
    else {
      const said = { ...(notes === "" ? {} : { why: notes }), ...(finding === undefined ? {} : { finding }) };
      plan.mutate({ name: name.trim(), ...said, question }, done);
    }
  };
  return { save, submit };
}

function Save(props: SaveProps) {
  const { form, question, begin, id } = props;
  const [texts, setTexts] = useState(begin);
  const { save, submit } = useSave(props, texts);
  const set = useSetSearch();
  const lacks = findUnplanned(form);
  const [today] = new Date().toISOString().split("T");
  const asks = typeof question !== "string" && findMissing(form).length === 0;
  return (
    <form onSubmit={submit}>
      <PlanPart number={5} title="Register it">
        <TextInput
          label="Name of the change"
          placeholder="such as: checkout on one page"
          required
          maxLength={200}
          value={texts.name}
          onChange={(event) => setTexts({ ...texts, name: event.currentTarget.value })}
        />
        <WordsField
          label="Why it is done, what is expected (may stay empty)"
          value={texts.why}
          onChange={(why) => setTexts({ ...texts, why })}
        />
        <Freeze form={form} now={today ?? ""} />
        <Group gap="xs">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={lacks.length > 0 || typeof question === "string" || texts.name.trim() === ""}
          >
            {id === undefined ? "Register the measurement" : "Save the changed plan"}
          </Button>
          {id === undefined && (
            <Button variant="default" disabled={!asks} onClick={() => set({ ask: question, view: undefined })}>
              Measure now without registering
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed" role="status" aria-live="polite">
          {lacks.length > 0 ? `To register it, say ${lacks.join(", ")}.` : ""}
        </Text>
        {save.isError && (
          <Alert color="red" variant="light" title="It was not registered" role="alert">
            {save.error.message}
          </Alert>
        )}
      </PlanPart>
    </form>
  );
}

interface PlanEffectProps {
  /** The finding that the change shall mend. */
  readonly finding?: number | undefined;
  /** What the form begins with. */
  readonly begin?: Question | undefined;
  readonly texts?: Texts;
  readonly id?: number;
}

export function PlanEffect({ begin, texts = { name: "", why: "" }, id, finding }: PlanEffectProps) {
  const [form, setForm] = useState<PlanForm>(() => (begin ? formOf(begin) : EMPTY_FORM));
  const choices = useFieldChoices();
  const set = useSetSearch();
  const change = (changes: Partial<PlanForm>) => setForm((old) => ({ ...old, ...changes }));
  const plan = usePlan(form, choices);
  const [settled] = useDebouncedValue(plan, TYPING_MS);
  const part = { form, change, choices };
  return (
    <Stack gap="md">
      <Anchor
        component="button"
        type="button"
        w="fit-content"
        onClick={() => set({ view: undefined, ask: undefined, finding: undefined })}
      >
        ← {id === undefined ? "All measurements" : "Back to the measurement"}
      </Anchor>
      <Paper withBorder p="md" component="section" aria-label="What this is">
        <Title order={2}>{id === undefined ? "Plan a measurement" : "Change the plan"}</Title>
        <Text size="sm" maw={760} mt={4}>
          Say what you will look at before the change is switched on. Then the answer cannot be picked afterwards, and
          you know beforehand whether it can be seen at all.
        </Text>
        {finding !== undefined && (
          <Text size="sm" mt={4}>
            The change shall mend{" "}
            <ScopeLink to="diagnose/findings" search={{ finding }} inherit>
              finding {finding}
            </ScopeLink>
            .
          </Text>
        )}
      </Paper>
      <div className={classes.plan}>
        <div className={classes.fields}>
          <PlanMetric {...part} />
          <PlanWho {...part} suggestion={plan.suggestion} design={plan.design} />
          <PlanWhen {...part} design={plan.design} />
          <PlanWorth {...part} spoken={plan.spoken} />
        </div>
        <div className={classes.foresight}>
          <ForesightPanel question={settled.question} missing={findMissing(form)} spoken={settled.spoken} />
        </div>
        <div className={classes.save}>
          <Save form={form} question={plan.question} begin={texts} id={id} finding={finding} />
        </div>
      </div>
    </Stack>
  );
}
