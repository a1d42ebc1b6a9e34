/**
 * A button with the dialog it opens. What stands in the dialog is made when it opens, so that its form begins anew.
 */
import { Button, type ButtonProps, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";

interface DialogProps extends Omit<ButtonProps, "children"> {
  /** On the button. */
  readonly label: ReactNode;
  /** For screen readers, where the label alone does not say what is meant. */
  readonly name?: string;
  readonly title: string;
  readonly wide?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

export function Dialog({ label, name, title, wide = false, children, ...looks }: DialogProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        {...looks}
        {...(name === undefined ? {} : { "aria-label": name })}
        onClick={open}
      >
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={title}
        size={wide ? "xl" : "lg"}
        closeButtonProps={{ "aria-label": "Close" }}
        // Its head is none of the page.
        attributes={{ header: { role: "none" } }}
      >
        {opened && children(close)}
      </Modal>
    </>
  );
}
