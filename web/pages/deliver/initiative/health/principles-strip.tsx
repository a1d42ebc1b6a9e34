/**
 * The eight principles at a glance: a sign, the name, and how many rules that protect it are broken. Each leads to them.
 */
import { Box, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { PRINCIPLES } from "../../../../../src/domain/dsdm/health.ts";
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { describeHealth, type HealthCounts } from "../../health-words.ts";
import { FORGOTTEN } from "../initiative-search.ts";
import { useInitiative } from "../use-initiative.ts";
import classes from "./principles-strip.module.css";

type Standing = "kept" | "warned" | "broken";

function standingOf({ errors, warnings }: HealthCounts): Standing {
  return errors > 0 ? "broken" : warnings > 0 ? "warned" : "kept";
}

const SIGNS = { kept: IconCheck, warned: IconAlertTriangle, broken: IconX } as const;
const COLORS: Readonly<Record<Standing, string>> = { kept: "teal", warned: "orange", broken: "red" };

export function PrinciplesStrip() {
  const { report } = useInitiative();
  const set = useSetSearch();
  return (
    <Box component="ul" className={classes.strip ?? ""} aria-label="The eight principles" data-testid="principles">
      {PRINCIPLES.map(({ id, name }) => {
        const counts = report.principles.find((one) => one.id === id) ?? { errors: 0, warnings: 0 };
        const standing = standingOf(counts);
        const Sign = SIGNS[standing];
        return (
          <li key={id}>
            <UnstyledButton
              className={classes.principle ?? ""}
              data-standing={standing}
              onClick={() => set({ ...FORGOTTEN, tab: "health", principle: id })}
            >
              <Sign size={16} aria-hidden color={`var(--mantine-color-${COLORS[standing]}-light-color)`} />
              <span>
                <Text component="span" size="xs" fw={600} display="block" lh={1.25}>
                  {id}. {name}
                </Text>
                <Text component="span" size="xs" c="dimmed" display="block">
                  {describeHealth(counts)}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </Box>
  );
}
