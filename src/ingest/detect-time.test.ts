import { describe, expect, test } from "vitest";
import { detectTime } from "./detect-time.ts";

describe("forms", () => {
  test.each([
    [["2012-10-09T14:50:17+00:00"], "auto", true],
    [["2011-10-01T00:38:44.546+02:00", "2012-01-02T03:04:05Z"], "auto", true],
    [["2024-03-13 10:21:14", "2024-03-13 10:21"], "auto", false],
    [["2006-04-07 17:08", "", "2006/4/7 17:08"], "auto", false],
    [["19970101", "19980630"], "auto", false],
    [["1700000000", "1700000001.25"], "epoch-s", true],
    [["1700000000123"], "epoch-ms", true],
    [["1700000000123456"], "epoch-us", true],
    [["13/02/2024 10:05", "1/2/2024 9:05"], "d/M/yyyy H:mm", false],
    [["02/13/2024 10:05:30", "2/1/2024 9:05:30"], "M/d/yyyy H:mm:ss", false],
    [["2/13/2024 10:05 PM"], "M/d/yyyy h:mm a", false],
    [["01.02.2024 10:05:30.250"], "d.M.yyyy H:mm:ss.SSS", false],
    [["13-02-24"], "d-M-yy", false],
    [["01-Dec-2010"], "d-MMM-yyyy", false],
    [["Dec 1, 2010 10:00"], "MMM d, yyyy H:mm", false],
    [["17/Sep/2024:10:11:12 +0200"], "d/MMM/yyyy:H:mm:ss Z", true],
    [["2024-01-31 10:00:00,123"], "yyyy-M-d H:mm:ss,SSS", false],
  ])("%j is %s", (values, format, absolute) => {
    expect(detectTime(values)).toMatchObject({ format, absolute, ambiguous: false, share: 1 });
  });

  test.each([
    [["1", "2", "3"]],
    [["17850.0", "13047.0"]],
    [["99999999", "12345678"]],
    [["31/31/2024"]],
    [["2024-13-45"]],
    [["536365", "C536379"]],
    [["Tuesday"]],
    [["", " "]],
    [["2024-01-01", "n/a", "unknown", "later"]],
  ])("%j is no time", (values) => {
    expect(detectTime(values)).toBeUndefined();
  });

  test.each([
    [["2024-01-31"], true],
    [["20240131"], true],
    [["1 May 2024"], true],
    [["20240131101112"], false],
    [["1700000000"], false],
    [["2024-01-31", "2024-01-31 10:00"], false],
  ])("%j are days alone: %s", (values, dayOnly) => {
    expect(detectTime(values)?.dayOnly).toBe(dayOnly);
  });

  test("a few odd values do not hide the form, and lower its share", () => {
    const values = [...Array.from({ length: 95 }, () => "2024-01-01"), "n/a", "n/a", "-", "-", "-"];
    expect(detectTime(values)).toMatchObject({ format: "auto", share: 0.95 });
  });
});

describe("day or month first", () => {
  test("a single value beyond 12 decides for all", () => {
    expect(detectTime(["01/02/2024", "03/04/2024", "25/04/2024"])?.format).toBe("d/M/yyyy");
    expect(detectTime(["01/02/2024", "03/04/2024", "04/25/2024"])?.format).toBe("M/d/yyyy");
  });

  test("else the order of the records does", () => {
    const days = ["01/02/2024", "02/02/2024", "05/02/2024", "01/03/2024", "04/03/2024", "02/04/2024"];
    expect(detectTime(days)).toMatchObject({ format: "d/M/yyyy", ambiguous: false });
    expect(detectTime(days.toReversed())).toMatchObject({ format: "d/M/yyyy", ambiguous: false });
    const months = days.map((day) => day.replace(/^(\d+)\/(\d+)/u, "$2/$1"));
    expect(detectTime(months)).toMatchObject({ format: "M/d/yyyy", ambiguous: false });
  });

  test("else it is said that nothing does", () => {
    const form = detectTime(["12/1/2010 8:26", "12/1/2010 8:28"]);
    expect(form).toMatchObject({ format: "d/M/yyyy H:mm", ambiguous: true });
    expect(form?.note).toContain("M/d/yyyy H:mm");
  });
});
