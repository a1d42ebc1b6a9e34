/**
 * How the initiative is kept under control: exceptions, feedback with what came of it, workshops, and the questionnaire.
 */
import { Exceptions } from "./exceptions.tsx";
import { FeedbackPanel } from "./feedback.tsx";
import { Questionnaire } from "./questionnaire.tsx";
import { Workshops } from "./workshops.tsx";

export function ControlTab() {
  return (
    <>
      <Exceptions />
      <FeedbackPanel />
      <Workshops />
      <Questionnaire />
    </>
  );
}
