/**
 * What stands where nobody has ordered: because no event is an order, or because the scope leaves none.
 */
import { Button } from "@mantine/core";
import { useScope } from "../../../../scope/use-scope.ts";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { ScopeLink } from "../../../../ui/scope-link.tsx";

export function NoOrders() {
  const { input, set } = useScope();
  const narrowed = input.from !== undefined || input.to !== undefined || input.where !== undefined;
  if (narrowed) {
    return (
      <EmptyState
        title="No orders are left"
        actions={
          <Button
            variant="default"
            onClick={() => set({ from: undefined, to: undefined, where: undefined, outside: undefined })}
          >
            Show all time, without a filter
          </Button>
        }
      >
        Nobody in the period and under the filter above has ordered. Take a longer period, or drop a condition of the
        filter.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="There are no orders yet"
      actions={
        <>
          <ScopeLink to="collect">Bring events in</ScopeLink>
          <ScopeLink to="collect/touchpoints">See the touchpoints</ScopeLink>
        </>
      }
    >
      Everything here is told from the days on which known customers ordered. Import an export with orders; if they are
      there, give the touchpoint that stands for an order the role “order”.
    </EmptyState>
  );
}

/** For `AnswerView`: the empty state where no customer has an order. */
export function emptyWithoutOrders(customers: number) {
  return customers === 0 ? <NoOrders /> : undefined;
}
