/**
 * The time zones a workspace can have, as this browser knows them, with what they are now.
 * The server decides in the end: it refuses a zone it does not know.
 */

/** "UTC+02:00", at this moment. */
export function offsetOf(zone: string, at: Date): string {
  const part = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  const offset = (part?.value ?? "").replace("GMT", "").replace(/^[+-]00:00$/u, "");
  return `UTC${offset === "" ? "" : offset.replace("-", "−")}`;
}

/** Every IANA zone, UTC first, with `also` among them even when this browser does not list it. */
export function listZones(also: string | undefined): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC");
  const extra = also !== undefined && also !== "UTC" && !known.includes(also) ? [also] : [];
  return ["UTC", ...extra, ...known];
}

/** Whether a zone answers to what was typed: "new york", "berlin", "+02". */
export function matchesZone(label: string, typed: string): boolean {
  const fold = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll("−", "-")
      .replace(/[\s_/]+/gu, " ")
      .trim();
  return fold(label).includes(fold(typed));
}
