/**
 * The pages there are, in the order of the loop: address, name, and the module that draws each.
 * A page whose module does not exist is not shown.
 */
import type { ComponentType } from "react";

export interface PageEntry {
  /** Below the workspace. */
  readonly path: string;
  readonly label: string;
  /** The part of the loop it stands under. */
  readonly group: "Overview" | "Collect" | "Map" | "Diagnose" | "Model" | "Deliver" | "Measure" | "Settings";
  /** Module below pages/, and its component. */
  readonly module: string;
  readonly component: string;
  /** Reached by links only. */
  readonly unlisted?: boolean;
}

export const PAGES: readonly PageEntry[] = [
  {
    path: "overview",
    label: "Overview",
    group: "Overview",
    module: "overview/overview-page",
    component: "OverviewPage",
  },
  { path: "collect", label: "Imports", group: "Collect", module: "collect/collect-page", component: "CollectPage" },
  {
    path: "collect/touchpoints",
    label: "Touchpoints",
    group: "Collect",
    module: "collect/touchpoints/touchpoints-page",
    component: "TouchpointsPage",
  },
  {
    path: "collect/identities",
    label: "Identities",
    group: "Collect",
    module: "collect/identities/identities-page",
    component: "IdentitiesPage",
  },
  {
    path: "collect/quality",
    label: "Data quality",
    group: "Collect",
    module: "collect/quality/quality-page",
    component: "QualityPage",
  },
  {
    path: "map/graph",
    label: "Measured journey",
    group: "Map",
    module: "map/graph/graph-page",
    component: "GraphPage",
  },
  { path: "map/flow", label: "Flow", group: "Map", module: "map/flow/flow-page", component: "FlowPage" },
  { path: "map/paths", label: "Paths", group: "Map", module: "map/paths/paths-page", component: "PathsPage" },
  { path: "map/steps", label: "Step matrix", group: "Map", module: "map/steps/steps-page", component: "StepsPage" },
  { path: "map/funnel", label: "Funnel", group: "Map", module: "map/funnel/funnel-page", component: "FunnelPage" },
  {
    path: "map/retention",
    label: "Retention",
    group: "Map",
    module: "map/retention/retention-page",
    component: "RetentionPage",
  },
  {
    path: "map/customer",
    label: "One customer",
    group: "Map",
    module: "map/customer/customer-page",
    component: "CustomerPage",
  },
  {
    path: "map/print",
    label: "Print",
    group: "Map",
    module: "map/graph/print-page",
    component: "PrintPage",
    unlisted: true,
  },
  {
    path: "diagnose/moments",
    label: "Moments of truth",
    group: "Diagnose",
    module: "diagnose/moments/moments-page",
    component: "MomentsPage",
  },
  {
    path: "diagnose/moment",
    label: "One moment",
    group: "Diagnose",
    module: "diagnose/moment/moment-page",
    component: "MomentPage",
    unlisted: true,
  },
  {
    path: "diagnose/pain-points",
    label: "Pain points",
    group: "Diagnose",
    module: "diagnose/pain-points/pain-points-page",
    component: "PainPointsPage",
  },
  {
    path: "diagnose/pain-point",
    label: "One pain point",
    group: "Diagnose",
    module: "diagnose/pain-point/pain-point-page",
    component: "PainPointPage",
    unlisted: true,
  },
  {
    path: "diagnose/themes",
    label: "Themes",
    group: "Diagnose",
    module: "diagnose/themes/themes-page",
    component: "ThemesPage",
  },
  {
    path: "diagnose/findings",
    label: "Findings",
    group: "Diagnose",
    module: "diagnose/findings/findings-page",
    component: "FindingsPage",
  },
  {
    path: "model/repurchase",
    label: "Re-purchase",
    group: "Model",
    module: "model/repurchase/repurchase-page",
    component: "RepurchasePage",
  },
  {
    path: "deliver/portfolio",
    label: "Portfolio",
    group: "Deliver",
    module: "deliver/portfolio/portfolio-page",
    component: "PortfolioPage",
  },
  {
    path: "deliver/calendar",
    label: "Calendar",
    group: "Deliver",
    module: "deliver/calendar/calendar-page",
    component: "CalendarPage",
  },
  {
    path: "deliver/health",
    label: "Health",
    group: "Deliver",
    module: "deliver/health/health-page",
    component: "HealthPage",
  },
  {
    path: "deliver/initiative",
    label: "One initiative",
    group: "Deliver",
    module: "deliver/initiative/initiative-page",
    component: "InitiativePage",
    unlisted: true,
  },
  {
    path: "deliver/timebox",
    label: "One timebox",
    group: "Deliver",
    module: "deliver/timebox/timebox-page",
    component: "TimeboxPage",
    unlisted: true,
  },
  {
    path: "deliver/progress",
    label: "Progress",
    group: "Deliver",
    module: "deliver/progress/progress-page",
    component: "ProgressPage",
    unlisted: true,
  },
  { path: "measure/kpis", label: "KPIs", group: "Measure", module: "measure/kpis-page", component: "KpisPage" },
  {
    path: "measure/effects",
    label: "Effects",
    group: "Measure",
    module: "measure/effects/effects-page",
    component: "EffectsPage",
  },
  {
    path: "settings",
    label: "Settings",
    group: "Settings",
    module: "settings/settings-page",
    component: "SettingsPage",
  },
];

const MODULES = import.meta.glob<Record<string, ComponentType>>("../pages/**/*-page.tsx");

/** Loads a page's component. @throws Error when the module does not export it */
export function loadPage({ module, component }: PageEntry): (() => Promise<ComponentType>) | undefined {
  const load = MODULES[`../pages/${module}.tsx`];
  if (!load) return undefined;
  return async () => {
    const page = (await load())[component];
    if (!page) throw new Error(`${module} has no ${component}`);
    return page;
  };
}

export const PRESENT: readonly PageEntry[] = PAGES.filter((page) => loadPage(page) !== undefined);
