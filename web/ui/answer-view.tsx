/**
 * The states of an answer: not there yet, slow, wrong, too few data, empty, there. Every question on a page goes through it.
 */
import { Alert, Box, Button, Group, Loader, Skeleton, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { formatCount } from "./format.ts";

export interface AnswerViewProps<Value> {
  readonly query: UseQueryResult<Value, Error>;
  /** Shown instead of the children when it returns something: what to do when nothing is there. */
  readonly empty?: (value: Value) => ReactNode | undefined;
  /** Pixels the answer will take, so that nothing jumps. */
  readonly height?: number;
  readonly children: (value: Value) => ReactNode;
}

/** Seconds since `active` became true, told from `after` on; undefined before. */
function useSeconds(active: boolean, after: number): number | undefined {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (!active) return undefined;
    const timer = setInterval(() => setSeconds((old) => old + 1), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return active && seconds >= after ? seconds : undefined;
}

export function Working({ seconds }: { readonly seconds: number | undefined }) {
  return (
    <Group role="status" gap="xs" h={24}>
      {seconds !== undefined && (
        <>
          <Loader size="xs" />
          <Text size="sm" c="dimmed">
            Working on it, {seconds} s …
          </Text>
        </>
      )}
    </Group>
  );
}

export function ErrorState({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <Alert color="red" variant="light" title="This did not work" icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error.message}</Text>
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}

interface Lack {
  readonly status: "insufficient-data";
  readonly reason: string;
  readonly n: number;
  readonly required: number;
}

function isLack(value: unknown): value is Lack {
  return typeof value === "object" && value !== null && "status" in value && value.status === "insufficient-data";
}

export function LackState({ lack }: { readonly lack: Omit<Lack, "status"> }) {
  return (
    <Alert color="gray" variant="light" title="Not enough data" icon={<IconInfoCircle aria-hidden />}>
      {lack.reason} There are {formatCount(lack.n)}; it takes {formatCount(lack.required)}. A longer period or a wider
      filter may help.
    </Alert>
  );
}

export function AnswerView<Value>({ query, empty, height = 320, children }: AnswerViewProps<Value>) {
  const waiting = query.isPending || (query.isFetching && query.isPlaceholderData);
  const seconds = useSeconds(waiting, 1);
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <Stack gap="xs" aria-busy="true">
        <Working seconds={seconds} />
        <Skeleton height={height} animate={false} opacity={0.35} />
      </Stack>
    );
  }
  const value = query.data;
  const nothing = empty?.(value);
  const shown = nothing !== undefined ? nothing : isLack(value) ? <LackState lack={value} /> : children(value);
  return (
    <>
      {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {waiting && <Working seconds={seconds ?? 0} />}
      <Box aria-busy={waiting} opacity={waiting ? 0.55 : 1}>
        {shown}
      </Box>
    </>
  );
}
