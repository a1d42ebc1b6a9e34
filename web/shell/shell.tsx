/**
 * What stands around every page: name, navigation, which data these are, light or dark, and the customers' drawer.
 */
import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Button,
  Group,
  Select,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { Link, Outlet, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useWorkspaces } from "../api/use-answer.ts";
import type { ScopeSearch } from "../scope/scope.ts";
import { useWorkspace } from "../scope/use-workspace.ts";
import { Navigation } from "./navigation.tsx";

const CustomersDrawer = lazy(async () => ({ default: (await import("../ui/customers-drawer.tsx")).CustomersDrawer }));

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={dark ? "Light colours" : "Dark colours"}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

/** What a workspace is called on screen. */
function titleOf({ demo, folder }: { readonly demo: boolean; readonly folder: string }): string {
  return demo ? "Demo data" : `My data (${folder})`;
}

function WorkspaceSwitch() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const { data = [] } = useWorkspaces();
  return (
    <Select
      aria-label="Workspace"
      data={data.map((one) => ({ value: one.name, label: titleOf(one) }))}
      value={workspace}
      allowDeselect={false}
      flex="0 1 250px"
      miw={90}
      onChange={(next) => next && void navigate({ to: `/${next}/overview` as never })}
    />
  );
}

function DemoBanner() {
  const workspace = useWorkspace();
  const { data = [] } = useWorkspaces();
  const own = data.find(({ demo }) => !demo);
  if (data.find(({ name }) => name === workspace)?.demo !== true) return null;
  return (
    <Group
      component="section"
      aria-label="Demo data"
      bg="var(--mantine-color-yellow-light)"
      px="md"
      py={6}
      justify="space-between"
      data-testid="demo-banner"
    >
      <Text size="sm">
        <strong>Demo data.</strong> A simulated shop with known truths; nothing here is real.
      </Text>
      {own && (
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(props) => <Link {...props} to={`/${own.name}/collect` as never} />}
        >
          Use my own data
        </Button>
      )}
    </Group>
  );
}

export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const { behind } = useSearch({ strict: false }) as ScopeSearch;
  const print = pathname.endsWith("/print");
  if (print) {
    return (
      <main>
        <Outlet />
      </main>
    );
  }
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={opened ? "Close the navigation" : "Open the navigation"}
            />
            <img src="/waymark.svg" alt="" width={28} height={28} />
            <Text fw={700} size="lg" visibleFrom="xs">
              Waymark
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap" flex={1} miw={0} justify="flex-end">
            <WorkspaceSwitch />
            <SchemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" withBorder aria-label="Pages">
        <Navigation onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main bg="var(--waymark-surface)">
        <DemoBanner />
        <Box id="content" tabIndex={-1} px={{ base: "sm", sm: "lg" }} py="md" maw={1640} mx="auto" className="content">
          <Outlet />
        </Box>
        {behind !== undefined && (
          <Suspense fallback={<span aria-busy="true" />}>
            <CustomersDrawer />
          </Suspense>
        )}
      </AppShell.Main>
    </AppShell>
  );
}
