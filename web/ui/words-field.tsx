/**
 * A field for what people write in their own words: it grows with them and ends where the API would refuse more.
 */
import { Textarea, type TextareaProps } from "@mantine/core";

type WordsFieldProps = Omit<TextareaProps, "onChange" | "value" | "maxLength" | "autosize"> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Characters; as most texts of the API allow. */
  readonly longest?: number;
};

export function WordsField({ onChange, longest = 5_000, minRows = 2, ...props }: WordsFieldProps) {
  return (
    <Textarea
      {...props}
      autosize
      minRows={minRows}
      maxLength={longest}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
