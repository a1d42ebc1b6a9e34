/**
 * What every page has: its title, what it is for, its scope, its content.
 */
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import type { ScopeBarProps } from "../scope/scope-bar.tsx";
import { Guide, type GuideContent } from "./guide.tsx";

/** The first page has no scope, and does without what it is made of. */
const ScopeBar = lazy(async () => ({ default: (await import("../scope/scope-bar.tsx")).ScopeBar }));

/** Pixels of the bar on one line, so that nothing jumps when it comes. */
const SCOPE_HEIGHT = 82;

export interface PageFrameProps {
  readonly title: string;
  /** Under the title, in one line. */
  readonly subtitle?: ReactNode;
  readonly guide?: GuideContent;
  /** Whether the page's questions have a scope, and what of it. */
  readonly scope?: boolean | ScopeBarProps;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function PageFrame({ title, subtitle, guide, scope = false, actions, children }: PageFrameProps) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1}>{title}</Title>
          {subtitle && <Text c="dimmed">{subtitle}</Text>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {guide && <Guide page={title} guide={guide} />}
      {scope !== false && (
        <Suspense fallback={<Paper withBorder h={SCOPE_HEIGHT} aria-busy="true" />}>
          <ScopeBar {...(scope === true ? {} : scope)} />
        </Suspense>
      )}
      {children}
    </Stack>
  );
}
