/**
 * What can be chosen in the form, asked of the data once.
 */
import { useMemo } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { type FieldChoices, listChoices } from "./field-choices.ts";

const NOTHING: FieldChoices = { touchpoints: [], fields: [], values: new Map(), objects: [], numbers: [] };

export function useFieldChoices(): FieldChoices {
  const { data } = useAnswer("fields", {});
  return useMemo(() => (data ? listChoices(data) : NOTHING), [data]);
}
