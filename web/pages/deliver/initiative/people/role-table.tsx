/**
 * The roles of one level: what each may decide, who holds it, and who is missing; each can be assigned and released.
 */
import { Group, Stack, Text, Title } from "@mantine/core";
import { ActionButton } from "../act/action-button.tsx";
import { Dialog } from "../act/dialog.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { AssignForm } from "./assign-form.tsx";
import { type LEVELS, listRoleRows, type RoleRow } from "./role-rows.ts";
import classes from "./role-table.module.css";

function Holders({ row }: { readonly row: RoleRow }) {
  const { day } = useInitiative();
  return (
    <Stack gap={4}>
      {row.holders.map(({ person, from }) => (
        <Group key={person} gap={6}>
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {person}
          </Text>
          <Text size="xs" c="dimmed">
            since {day(from)}
          </Text>
          <ActionButton
            action={{ type: "release-role", person, role: row.role }}
            name={`Release ${person} as ${row.name}`}
            size="compact-xs"
            variant="subtle"
          >
            Release
          </ActionButton>
        </Group>
      ))}
      {row.holders.length === 0 && (
        <div>
          {row.missing === undefined ? (
            <Text size="sm" c="dimmed">
              nobody
            </Text>
          ) : (
            <WordBadge color="orange">missing</WordBadge>
          )}
        </div>
      )}
      {row.missing !== undefined && (
        <Text size="xs" c="dimmed">
          {row.missing}
        </Text>
      )}
    </Stack>
  );
}

export function RoleTable({ level, name, about }: (typeof LEVELS)[number]) {
  const { report } = useInitiative();
  return (
    <section aria-label={`${name} level`}>
      <Title order={3}>{name}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {about}
      </Text>
      <ul className={classes.roles}>
        {listRoleRows(report, level).map((row) => (
          <li key={row.role} className={classes.role} data-role={row.role}>
            <div>
              <Text size="sm" fw={600}>
                {row.name}
              </Text>
              <Text size="sm" c="dimmed">
                decides {row.decides}
              </Text>
            </div>
            <Holders row={row} />
            <div>
              <Dialog label="Assign" name={`Assign: ${row.name}`} title={row.name} size="compact-sm">
                {(close) => <AssignForm begin={row.role} onDone={close} />}
              </Dialog>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
