/**
 * What every page has: its title, what it is for, its scope, its content.
 */
import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { ScopeBar, type ScopeBarProps } from "../scope/scope-bar.tsx";
import { Guide, type GuideContent } from "./guide.tsx";

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
      {scope !== false && <ScopeBar {...(scope === true ? {} : scope)} />}
      {children}
    </Stack>
  );
}
