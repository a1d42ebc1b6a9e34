/**
 * Where files come in: dropped, or chosen by button. It gathers and sends them; what they are is found out by the server.
 */
import { Alert, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconFiles, IconFolder, IconUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useScope } from "../../scope/use-scope.ts";
import { formatCountOf, formatShare } from "../../ui/format.ts";
import { fromDrop, fromInput, type NamedFile } from "./gather-files.ts";
import { sendFiles } from "./send-files.ts";

interface Sending {
  readonly files: number;
  readonly share: number;
  readonly abort: AbortController;
}

/** Sends what was given; `onUpload` gets the upload's name. */
function useSending(onUpload: (upload: string) => void) {
  const { workspace } = useScope();
  const [sending, setSending] = useState<Sending>();
  const [fault, setFault] = useState("");
  const send = async (files: readonly NamedFile[]) => {
    if (files.length === 0) {
      setFault("There is no file in what you dropped.");
      return;
    }
    const abort = new AbortController();
    const tell = (share: number) => setSending({ files: files.length, share, abort });
    setFault("");
    tell(0);
    try {
      const { upload } = await sendFiles(workspace, files, tell, abort.signal);
      onUpload(upload);
    } catch (error) {
      if (!abort.signal.aborted) setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setSending(undefined);
    }
  };
  return { sending, fault, send, setFault };
}

function Chooser({ onFiles }: { readonly onFiles: (files: readonly NamedFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    if (input.files) onFiles(fromInput(input.files));
    input.value = "";
  };
  return (
    <Group gap="sm" justify="center">
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="choose-files"
        aria-label="Files to import"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        data-testid="choose-folder"
        aria-label="Folder to import"
        {...{ webkitdirectory: "" }}
        onChange={(event) => take(event.currentTarget)}
      />
      <Button leftSection={<IconFiles size={18} aria-hidden />} onClick={() => files.current?.click()}>
        Choose files
      </Button>
      <Button
        variant="default"
        leftSection={<IconFolder size={18} aria-hidden />}
        onClick={() => folder.current?.click()}
      >
        Choose a folder
      </Button>
    </Group>
  );
}

export function DropZone({ onUpload }: { readonly onUpload: (upload: string) => void }) {
  const { sending, fault, send, setFault } = useSending(onUpload);
  const [over, setOver] = useState(false);
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    fromDrop(event.dataTransfer.items).then(send, (error: unknown) =>
      setFault(`The files could not be read: ${String(error)}`),
    );
  };
  return (
    <Paper
      component="section"
      aria-label="Bring data in"
      withBorder
      p="xl"
      bg={over ? "var(--mantine-primary-color-light)" : "var(--mantine-color-body)"}
      style={{ borderStyle: "dashed", borderWidth: 2 }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="sm">
        <IconUpload size={36} aria-hidden />
        <Text fw={600}>Drop your export here: files, or a whole folder</Text>
        <Text size="sm" c="dimmed" ta="center" maw={620}>
          CSV, TSV, XLSX, fixed width, JSON lines, Parquet, XES or OCEL, also gzipped or in a ZIP. Nothing is imported
          before you have seen how Waymark reads it, and nothing leaves this machine.
        </Text>
        {sending ? (
          <Stack w="100%" maw={480} gap={6} align="center">
            <Progress w="100%" value={sending.share * 100} aria-label="Files sent" />
            <Group gap="sm">
              <Text size="sm" role="status">
                Sending {formatCountOf(sending.files, "file")}: {formatShare(sending.share, 0)}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => sending.abort.abort(new Error("cancelled"))}>
                Cancel
              </Button>
            </Group>
          </Stack>
        ) : (
          <Chooser onFiles={(files) => void send(files)} />
        )}
        {fault !== "" && (
          <Alert color="red" role="alert">
            {fault}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
