/**
 * One line that leads to the data quality page: how it stands, beside what came in; on the overview only where it is serious.
 */
import { Text } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { formatCountOf } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";

/** Nothing while it is worked out, or nothing was imported: another page does not wait for it or fail over it. */
export function QualityNotice({ seriousOnly = false }: { readonly seriousOnly?: boolean }) {
  const { data } = useAnswer("quality", {});
  if (!data || data.imports === 0) return null;
  const serious = data.findings.filter(({ severity }) => severity === "serious").length;
  if (seriousOnly && serious === 0) return null;
  const words =
    serious > 0
      ? `${formatCountOf(serious, "serious finding")} about the data themselves.`
      : data.findings.length > 0
        ? `${formatCountOf(data.findings.length, "finding")} about the data themselves, none of them serious.`
        : "The data were checked, and nothing was found.";
  return (
    <Text size="sm" data-testid="quality-notice">
      {words}{" "}
      <ScopeLink to="collect/quality" inherit>
        See the data quality
      </ScopeLink>
    </Text>
  );
}
