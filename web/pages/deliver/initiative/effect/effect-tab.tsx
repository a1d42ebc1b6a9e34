/**
 * By what the initiative is judged: its registered measurements, and the benefits assessments written from them.
 */
import { Assessments } from "./assessments.tsx";
import { Measurements } from "./measurements.tsx";

export function EffectTab() {
  return (
    <>
      <Measurements />
      <Assessments />
    </>
  );
}
