import { expect, it } from "vitest";
import { nameFriction } from "./friction-words.ts";

it.each([
  ["wait", null, "> 26.3h", "Waiting over 26 h after «Visit»"],
  ["wait", null, "> 0.25h", "Waiting over 15 min after «Visit»"],
  ["wait", null, "> 72h", "Waiting over 3 days after «Visit»"],
  ["wait", "overdue", '= "true"', "«Visit» overdue"],
  ["wait", "hoursWaited", "> 48", "«Visit», hours waited above 48"],
  ["rework", null, null, "«Visit» again"],
  ["drop-off", null, null, "Leaving after «Visit»"],
  ["repeat-contact", null, null, "«Visit» again about the same within 7 days"],
  ["bad-score", "score", "<= 2", "«Visit» scored 2 or less"],
  ["error-event", null, null, "«Visit»"],
  ["error-event", "result", '= "failed"', "«Visit», result: failed"],
  ["theme", "comment", "not arrived", "“not arrived” in «Visit»"],
] as const)("a %s with %s %s is called «%s»", (kind, property, bad, name) => {
  expect(nameFriction({ kind, touchpoint: "Visit", property, bad })).toBe(name);
});
