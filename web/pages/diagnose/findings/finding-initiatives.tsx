/**
 * From a finding to what is done about it: the initiatives that act on it, and a new one.
 * The initiative itself is deliver/initiative.
 */
import { Text } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { BeginInitiative } from "../views/begin-initiative.tsx";
import type { Finding } from "./finding-words.ts";
import { readQuestion } from "./findings-search.ts";

/** The touchpoint says it shorter than the sentence with its numbers. */
function proposeTitle({ title, question }: Finding): string {
  const { touchpoint } = readQuestion(question).moment;
  return touchpoint === undefined ? title : `Mend “${touchpoint}”`;
}

function ActingOnIt({ id }: Pick<Finding, "id">) {
  const { data } = useAnswer("initiatives", {});
  const acting = data?.initiatives.filter(({ findings }) => findings.includes(id)) ?? [];
  if (acting.length === 0) return null;
  return (
    <Text size="sm" component="div" data-testid="acting-initiatives">
      Initiatives that act on it:{" "}
      {acting.map((one, index) => (
        <span key={one.id}>
          {index > 0 && ", "}
          <ScopeLink to="deliver/initiative" search={{ id: one.id }} inherit>
            {one.title}
          </ScopeLink>
          {one.state === "active" ? "" : ` (${one.state})`}
        </span>
      ))}
    </Text>
  );
}

export function FindingInitiatives({ finding }: { readonly finding: Finding }) {
  return (
    <>
      <ActingOnIt id={finding.id} />
      <BeginInitiative
        findingId={async () => finding.id}
        proposed={proposeTitle(finding)}
        meaning="An initiative carries the finding through requirements and timeboxes to a measured effect. Only that effect can turn the finding verified."
      />
    </>
  );
}
