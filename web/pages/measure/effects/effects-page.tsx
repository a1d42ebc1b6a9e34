/**
 * What changes did: the list of measurements, one of them, the form that plans one, and a question asked at once.
 * How effects are estimated is the API's matter; docs/effects.md says it in full.
 */
import { Stack } from "@mantine/core";
import { useViewSearch } from "../../../scope/use-scope.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { AskedEffect } from "./asked-effect.tsx";
import { EditEffect } from "./edit-effect.tsx";
import { EffectDetail } from "./effect-detail.tsx";
import { EffectList } from "./effect-list.tsx";
import { type EffectsSearch, effectsSearchSchema, readAsked } from "./effects-search.ts";
import { EXAMPLE } from "./example.ts";
import { PlanEffect } from "./plan-effect.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "An effect is what a change did to a number that matters: what happened, less what would have happened without it.",
    "Plan the measurement before the change: what is measured, who gets it, until when, and what would be worth having are frozen at the switch-on.",
    "The verdict is better, worse, no meaningful change or inconclusive; the last one is a result too.",
  ],
  example: {
    text: "In the demo: did the one-page checkout bring more orders?",
    to: "measure/effects",
    search: EXAMPLE,
  },
};

function Shown({ effect, status, view, ask, finding }: EffectsSearch) {
  const asked = readAsked(ask);
  if (effect !== undefined)
    return view === "edit" ? <EditEffect id={effect} /> : <EffectDetail key={effect} id={effect} />;
  if (view === "plan") return <PlanEffect key={JSON.stringify(ask)} begin={asked} finding={finding} />;
  return asked ? <AskedEffect question={asked} /> : <EffectList status={status} />;
}

export function EffectsPage() {
  const search = useViewSearch(effectsSearchSchema);
  return (
    <PageFrame title="Effects" guide={GUIDE}>
      <Stack gap="md">
        <Shown {...search} />
      </Stack>
    </PageFrame>
  );
}
