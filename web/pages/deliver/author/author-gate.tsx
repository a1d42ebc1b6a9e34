/**
 * Lets a change through once it is known who makes it: around a form (AuthorGate), or before an action (useAuthorGate).
 * The name itself is use-author.ts.
 */
import { Modal, Paper } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { AuthorQuestion } from "./author-question.tsx";
import { useAuthor } from "./use-author.ts";

/** Shows the form that makes a change, or in its place the question who makes it. Never put it inside a <form>. */
export function AuthorGate({ children }: { readonly children: (author: string) => ReactNode }) {
  const { author } = useAuthor();
  if (author !== undefined) return children(author);
  return (
    <Paper withBorder p="sm">
      <AuthorQuestion />
    </Paper>
  );
}

export interface AuthorAsk {
  /** Runs the action at once, or after the name was given; a closed question runs nothing. */
  readonly withAuthor: (action: (author: string) => void) => void;
  /** Has to be rendered by whoever uses `withAuthor`. */
  readonly question: ReactNode;
}

/** For a click, a drag or a key: `withAuthor((author) => change.mutate({ …, author }))`, and `{question}` in the page. */
export function useAuthorGate(): AuthorAsk {
  const { author } = useAuthor();
  const [waiting, setWaiting] = useState<{ readonly run: (author: string) => void }>();
  const close = () => setWaiting(undefined);
  const answer = (name: string): void => {
    close();
    waiting?.run(name);
  };
  return {
    withAuthor: (run) => (author === undefined ? setWaiting({ run }) : run(author)),
    question: (
      <Modal
        opened={waiting !== undefined}
        onClose={close}
        title="Before the first change"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <AuthorQuestion onAnswer={answer} focus />
      </Modal>
    ),
  };
}
