/**
 * What stands where no journey is in scope: because nothing was imported, or because the scope leaves nothing.
 */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useScope } from "../../../scope/use-scope.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";

export function NoJourneys({ noun = "journeys" }: { readonly noun?: string }) {
  const { workspace, input, set } = useScope();
  const narrowed = input.from !== undefined || input.to !== undefined || input.where !== undefined;
  if (narrowed) {
    return (
      <EmptyState
        title={`No ${noun} are left`}
        actions={
          <Button
            variant="default"
            onClick={() => set({ from: undefined, to: undefined, where: undefined, outside: undefined })}
          >
            Show all time, without a filter
          </Button>
        }
      >
        The period and the filter above leave nothing. Take a longer period, or drop a condition of the filter.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`There are no ${noun} yet`}
      actions={
        <Button renderRoot={(props) => <Link {...props} to={`/${workspace}/collect` as never} />}>
          Bring events in
        </Button>
      }
    >
      Nothing in this workspace belongs to a journey of this definition. Import an export of your events, or choose
      another journey above.
    </EmptyState>
  );
}

/** For `AnswerView`: the empty state of an answer without journeys. */
export function emptyWithoutJourneys({ journeys }: { readonly journeys: number }) {
  return journeys === 0 ? <NoJourneys /> : undefined;
}
