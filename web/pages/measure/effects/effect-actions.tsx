/**
 * What can be done with a registered measurement now: measure it, change it before its switch-on, take it away before it.
 */
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useChange } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import type { Effect } from "./effect-words.ts";
import { isMadeByForm } from "./plan-form.ts";

function describeAge({ status, measures, outdated }: Effect): string {
  if (status === "planned") return "There is nothing to measure before the switch-on.";
  if (measures.length === 0) return "It has not been measured yet.";
  if (!outdated) return "These are the numbers of the present data.";
  return "The data have changed since it was measured.";
}

function RemoveButton({ id }: { readonly id: number }) {
  const [opened, { open, close }] = useDisclosure(false);
  const set = useSetSearch();
  const remove = useChange("remove-effect");
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
        Take it away
      </Button>
      <Modal opened={opened} onClose={close} title="Take this plan away?" closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="sm">
          <Text size="sm">Its switch-on has not come yet, so nothing was measured. It cannot be brought back.</Text>
          {remove.isError && (
            <Alert color="red" variant="light" title="It was not taken away" role="alert">
              {remove.error.message}
            </Alert>
          )}
          <Group gap="xs">
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ id }, { onSuccess: () => set({ effect: undefined }) })}
            >
              Take it away
            </Button>
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function BeforeSwitchOn({ effect: { id, question } }: { readonly effect: Effect }) {
  const set = useSetSearch();
  return (
    <>
      {isMadeByForm(question) ? (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => set({ view: "edit" })}
        >
          Change the plan
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          It asks what no form here can: change it with “waymark effects set {id}”.
        </Text>
      )}
      <RemoveButton id={id} />
    </>
  );
}

export function EffectActions({ effect }: { readonly effect: Effect }) {
  const { id, status, outdated, frozenAt } = effect;
  const measure = useChange("measure-effect");
  return (
    <>
      <Group gap="sm" mt="xs">
        {status !== "planned" && (
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            disabled={!outdated}
            loading={measure.isPending}
            onClick={() => measure.mutate({ id })}
          >
            {effect.measures.length === 0 ? "Measure it" : "Measure again"}
          </Button>
        )}
        {frozenAt === null && <BeforeSwitchOn effect={effect} />}
        <Text size="sm" c="dimmed" role="status" aria-live="polite">
          {measure.isPending ? "It is being measured; this may take a while." : describeAge(effect)}
        </Text>
      </Group>
      {measure.isError && (
        <Alert color="red" variant="light" title="It was not measured" role="alert">
          {measure.error.message}
        </Alert>
      )}
    </>
  );
}
