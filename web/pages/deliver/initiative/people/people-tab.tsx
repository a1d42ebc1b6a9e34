/**
 * Who takes part: the thirteen roles with what each may decide, who is missing, and the departments that feel the change.
 */
import { Alert, List, Text } from "@mantine/core";
import { ROLE_FACTS } from "../../../../../src/domain/dsdm/role.ts";
import { formatCountOf } from "../../../../ui/format.ts";
import { Dialog } from "../act/dialog.tsx";
import { Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { AssignForm } from "./assign-form.tsx";
import { Departments } from "./departments.tsx";
import { LEVELS, listFormer } from "./role-rows.ts";
import { RoleTable } from "./role-table.tsx";

function Missing() {
  const { report } = useInitiative();
  const { missingRoles } = report;
  if (missingRoles.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      title={`${formatCountOf(missingRoles.length, "role")} to fill`}
      data-testid="missing-roles"
    >
      <List size="sm">
        {missingRoles.map(({ role, why }) => (
          <List.Item key={role}>
            <strong>{ROLE_FACTS[role].name}</strong>: {why}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Former() {
  const { initiative, day } = useInitiative();
  const former = listFormer(initiative);
  if (former.length === 0) return null;
  return (
    <Section title="No longer in a role">
      <List size="sm">
        {former.map(({ person, role, from, until }) => (
          <List.Item key={`${person} ${role} ${from}`}>
            {person}, {ROLE_FACTS[role].name}, {day(from)} – {day(until)}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

export function PeopleTab() {
  return (
    <>
      <Missing />
      <Section
        title="Roles"
        actions={
          <Dialog label="Assign a role" title="Assign a role" variant="filled">
            {(close) => <AssignForm onDone={close} />}
          </Dialog>
        }
      >
        <Text size="sm" c="dimmed">
          One person may hold several roles, and several may share one; only the business visionary is exactly one
          person.
        </Text>
        {LEVELS.map((one) => (
          <RoleTable key={one.level} {...one} />
        ))}
      </Section>
      <Departments />
      <Former />
    </>
  );
}
