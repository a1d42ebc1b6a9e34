/**
 * A page that is not there, and a page that broke: what happened, and a way on.
 */
import { Anchor, Button } from "@mantine/core";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { ErrorState } from "./answer-view.tsx";
import { EmptyState } from "./empty-state.tsx";

export function NotFound() {
  return (
    <EmptyState
      title="There is no such page"
      level={1}
      actions={<Anchor renderRoot={(props) => <Link {...props} to="/" />}>Go to the overview</Anchor>}
    >
      The address may be mistyped, or the page belongs to a later version of Waymark.
    </EmptyState>
  );
}

/** A new build has other file names: a page that cannot be loaded needs the whole app again. */
export function PageError({ error: thrown, reset }: ErrorComponentProps) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (/dynamically imported module|Importing a module/u.test(error.message)) {
    return (
      <EmptyState
        title="Waymark has been renewed"
        actions={<Button onClick={() => window.location.reload()}>Load it again</Button>}
      >
        The server runs a newer version than this page.
      </EmptyState>
    );
  }
  return <ErrorState error={error} retry={reset} />;
}
