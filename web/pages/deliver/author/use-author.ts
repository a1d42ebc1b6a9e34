/**
 * Who makes a change, until sign-in exists: a name kept in this browser, and set in Settings or when first needed.
 * It is written into the record of the change as it is; nobody checks it.
 */
import { useLocalStorage } from "@mantine/hooks";

const KEY = "waymark.author";

/** As the API takes it. */
export const LONGEST_NAME = 100;

/** The stored text is the name itself, so that it can be read and set without this app. */
const PLAIN = { serialize: (name: string) => name, deserialize: (text: string | undefined) => text ?? "" };

export interface Author {
  /** undefined while nobody has said. */
  readonly author: string | undefined;
  /** An empty name takes it away. */
  readonly setAuthor: (name: string) => void;
}

export function useAuthor(): Author {
  const [stored, setStored, forget] = useLocalStorage<string>({
    key: KEY,
    defaultValue: "",
    getInitialValueInEffect: false,
    ...PLAIN,
  });
  const author = stored.trim().slice(0, LONGEST_NAME);
  return {
    author: author === "" ? undefined : author,
    setAuthor: (name) => (name.trim() === "" ? forget() : setStored(name.trim().slice(0, LONGEST_NAME))),
  };
}
