/**
 * From a pain point to what is done about it: it is kept as a finding, if it is not one yet, and an initiative begins that acts on it.
 * The dialog is views/begin-initiative.tsx.
 */
import { ProblemError } from "../../../api/client.ts";
import { useChange } from "../../../api/use-answer.ts";
import { BeginInitiative } from "../views/begin-initiative.tsx";
import type { Kept } from "../views/keep-button.tsx";
import type { Friction } from "../views/pain-report.ts";

interface InitiativeProps {
  readonly kept: Kept;
  /** The title it is kept with. */
  readonly finding: string;
  readonly friction: Friction;
}

/** The finding that keeps this question already, of a refusal to keep it twice. */
export function keptAlready(error: unknown): number | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== "conflict") return undefined;
  const { finding } = error.problem.details;
  return typeof finding === "number" ? finding : undefined;
}

export function InitiativeButton({ kept, finding, friction }: InitiativeProps) {
  const keep = useChange("keep-finding");
  const findingId = async (): Promise<number> => {
    try {
      return (await keep.mutateAsync({ title: finding, ...kept })).id;
    } catch (error) {
      const known = keptAlready(error);
      if (known === undefined) throw error;
      return known;
    }
  };
  return (
    <BeginInitiative
      findingId={findingId}
      proposed={`Mend: ${friction.name}`}
      meaning="The pain point is kept as a finding with its numbers of today, if it is not yet, and the initiative acts on it: through requirements and timeboxes to a measured effect."
    />
  );
}
