/**
 * The way to the form that plans a measurement, from wherever one is wished for.
 */
import { Button } from "@mantine/core";
import { IconRuler2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useScopeTarget } from "../../../ui/scope-link.tsx";

export function PlanLink() {
  const target = useScopeTarget({ to: "measure/effects", search: { view: "plan" } });
  return (
    <Button leftSection={<IconRuler2 size={16} aria-hidden />} renderRoot={(props) => <Link {...props} {...target} />}>
      Plan a measurement
    </Button>
  );
}
