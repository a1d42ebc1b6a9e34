/**
 * Who will buy again: the forecast with its back-test, customers, cohorts, products and early signals, each a side of one page.
 * How the numbers come about is the API's matter; docs/repurchase.md says it in full.
 */
import { Stack, Tabs } from "@mantine/core";
import type { ComponentType } from "react";
import { useSetSearch, useViewSearch } from "../../../scope/use-scope.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { CohortsSide } from "./cohorts/cohorts-side.tsx";
import { CustomersSide } from "./customers/customers-side.tsx";
import { ForecastSide } from "./forecast/forecast-side.tsx";
import { ProductsSide } from "./products/products-side.tsx";
import { repurchaseSearchSchema, SIDE_NAMES, SIDES, type Side } from "./repurchase-search.ts";
import { SignalsSide } from "./signals/signals-side.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "This page forecasts who will order again, when and how often, from nothing but the days on which customers ordered before.",
    "Several models are tried on a part of your own data that they have not seen, beside rules as simple as “nobody buys”; the best one is used, and how well it did stands beside every number.",
    "A forecast is no promise: the interval says how far off it may be, and a warning says when not to trust it.",
  ],
  example: { text: "In the demo: how many orders its customers will still make.", to: "model/repurchase" },
};

const SHOWN: Readonly<Record<Side, ComponentType>> = {
  forecast: ForecastSide,
  customers: CustomersSide,
  cohorts: CohortsSide,
  products: ProductsSide,
  signals: SignalsSide,
};

export function RepurchasePage() {
  const { side } = useViewSearch(repurchaseSearchSchema);
  const set = useSetSearch();
  return (
    <PageFrame title="Re-purchase" guide={GUIDE} scope={{ journeys: false }}>
      <Tabs
        value={side}
        onChange={(next) => set({ side: next === "forecast" ? undefined : (next ?? undefined) })}
        keepMounted={false}
        activateTabWithKeyboard={false}
      >
        <Tabs.List mb="md" aria-label="Sides of re-purchase">
          {SIDES.map((one) => (
            <Tabs.Tab key={one} value={one} px="sm">
              {SIDE_NAMES[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SIDES.map((one) => {
          const Content = SHOWN[one];
          return (
            <Tabs.Panel key={one} value={one}>
              <Stack gap="md">
                <Content />
              </Stack>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </PageFrame>
  );
}
