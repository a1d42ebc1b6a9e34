/**
 * What the touch is compared with: what happened instead, in the same situations.
 */
import { Paper, Table, Text, Title } from "@mantine/core";
import { describeOtherSide } from "../../../../src/domain/moment-condition.ts";
import { formatShare } from "../../../ui/format.ts";
import { TouchpointChip } from "../../map/views/touchpoint-chip.tsx";
import { useTouchpoints } from "../../map/views/use-touchpoints.ts";
import { candidateOf, type MomentReport } from "./moment-report.ts";

/** What is rarer reads as nothing. */
const LEAST = 0.005;

export function Instead({ report }: { readonly report: MomentReport }) {
  const { stageOf } = useTouchpoints();
  const candidate = candidateOf(report);
  if (!candidate) return null;
  const instead = report.instead.filter(({ share }) => share >= LEAST);
  return (
    <Paper component="section" withBorder p="md" aria-label="What happened instead">
      <Title order={2}>What happened instead</Title>
      {candidate.contrast === "experience" ? (
        <Text size="sm">{describeOtherSide(candidate).replace(/^t/u, "T")}.</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs" maw={820}>
            The commonest next touches of customers in the same situation. The effect is against these, not against
            nothing happening.
          </Text>
          {instead.length === 0 ? (
            <Text size="sm">Nothing else happened in these situations.</Text>
          ) : (
            <Table fz="sm" verticalSpacing={4} w="auto" miw={320}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Next touch instead</Table.Th>
                  <Table.Th scope="col" ta="right">
                    Share
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {instead.map(({ touchpoint, share }) => (
                  <Table.Tr key={touchpoint}>
                    <Table.Td>
                      <TouchpointChip touchpoint={touchpoint} stage={stageOf(touchpoint)} />
                    </Table.Td>
                    <Table.Td ta="right">{formatShare(share)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </>
      )}
    </Paper>
  );
}
