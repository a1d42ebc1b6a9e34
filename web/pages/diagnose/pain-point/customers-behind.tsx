/**
 * The button that opens who met a friction.
 */
import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useOpenBehind } from "../../../ui/behind.tsx";
import { frictionTarget } from "../views/friction-target.ts";
import { type Friction, incidentName, type PainDetail } from "../views/pain-report.ts";

export function CustomersBehind({ friction, report }: { readonly friction: Friction; readonly report: PainDetail }) {
  const open = useOpenBehind();
  return (
    <Button
      variant="default"
      leftSection={<IconUsers size={16} aria-hidden />}
      onClick={() => open(frictionTarget(friction, report, incidentName(friction)))}
    >
      Open the customers
    </Button>
  );
}
