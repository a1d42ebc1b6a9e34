/**
 * The loop as navigation: its parts, and the pages of each. The scope goes along from page to page.
 */
import { NavLink, Stack, Text } from "@mantine/core";
import {
  IconChartBar,
  IconChecklist,
  IconDatabaseImport,
  IconHome,
  IconRoute,
  IconSettings,
  IconStethoscope,
  IconTrendingUp,
} from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useScopeTarget } from "../ui/scope-link.tsx";
import { type PageEntry, PRESENT } from "./pages.ts";

const ICONS: Readonly<Record<PageEntry["group"], ComponentType<{ size: number }>>> = {
  Overview: IconHome,
  Collect: IconDatabaseImport,
  Map: IconRoute,
  Diagnose: IconStethoscope,
  Model: IconTrendingUp,
  Deliver: IconChecklist,
  Measure: IconChartBar,
  Settings: IconSettings,
};

/** A page below another is another page. */
const EXACTLY = { exact: true, includeSearch: false };

function PageLink({
  page,
  alone,
  onNavigate,
}: {
  readonly page: PageEntry;
  readonly alone: boolean;
  readonly onNavigate: () => void;
}) {
  const target = useScopeTarget({ to: page.path });
  const { pathname } = useLocation();
  const active = pathname.split("/").slice(2).join("/") === page.path;
  const Icon = ICONS[page.group];
  return (
    <NavLink
      renderRoot={(props) => <Link {...props} {...target} activeOptions={EXACTLY} />}
      label={page.label}
      active={active}
      aria-current={active ? "page" : undefined}
      leftSection={alone ? <Icon size={18} /> : undefined}
      pl={alone ? "sm" : 38}
      py={6}
      bdrs="sm"
      onClick={onNavigate}
    />
  );
}

function GroupHead({ group }: { readonly group: PageEntry["group"] }) {
  const Icon = ICONS[group];
  return (
    <Text
      component="div"
      size="sm"
      fw={650}
      c="dimmed"
      px="sm"
      pt="xs"
      style={{ display: "flex", gap: 10, alignItems: "center" }}
    >
      <Icon size={18} />
      {group}
    </Text>
  );
}

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const groups = [...new Set(PRESENT.map(({ group }) => group))];
  return (
    <Stack gap={2}>
      {groups.map((group) => {
        const pages = PRESENT.filter((page) => page.group === group && page.unlisted !== true);
        const [only] = pages;
        if (pages.length === 1 && only && only.label === group)
          return <PageLink key={group} page={only} alone onNavigate={onNavigate} />;
        return (
          <div key={group}>
            <GroupHead group={group} />
            {pages.map((page) => (
              <PageLink key={page.path} page={page} alone={false} onNavigate={onNavigate} />
            ))}
          </div>
        );
      })}
    </Stack>
  );
}
