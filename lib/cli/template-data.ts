import type { TemplateData } from "@/lib/alertmanager";
import { UsageError } from "./arguments";

const MINUTE = 60_000;

/** What `amtool template render` takes where no data are given, observed with 0.25; its times move with the clock. */
export function defaultData(now: Date): TemplateData {
  const common = { commonlabelkey1: "commonlabelvalue1", commonlabelkey2: "commonlabelvalue2" };
  const annotations = {
    commonannotationkey1: "commonannotationvalue1",
    commonannotationkey2: "commonannotationvalue2",
  };
  const alert = (number: number, labels: Record<string, string>, own: Record<string, string>) => ({
    status: "alertstatus",
    labels: { ...common, ...labels },
    annotations: { ...annotations, ...own },
    startsAt: new Date(now.getTime() - number * 5 * MINUTE).toISOString(),
    endsAt: now.toISOString(),
    generatorURL: "https://generatorurl.com",
    fingerprint: `fingerprint${number}`,
  });
  return {
    receiver: "receiver",
    status: "alertstatus",
    alerts: [
      alert(
        1,
        { instance: "foo.bar:1234", label1: "value1", label2: "value2" },
        {
          annotation1: "value1",
          annotation2: "value2",
        },
      ),
      alert(2, { foo: "bar", baz: "qux" }, { aaa: "bbb", ccc: "ddd" }),
    ],
    groupLabels: { grouplabelkey1: "grouplabelvalue1", grouplabelkey2: "grouplabelvalue2" },
    commonLabels: common,
    commonAnnotations: annotations,
    externalURL: "https://example.com",
  };
}

type Kind = "text" | "time" | "texts" | "alerts";

const ALERT: Readonly<Record<string, Kind>> = {
  ...{ status: "text", labels: "texts", annotations: "texts", startsAt: "time", endsAt: "time" },
  ...{ generatorURL: "text", fingerprint: "text" },
};
const DATA: Readonly<Record<string, Kind>> = {
  ...{ receiver: "text", status: "text", alerts: "alerts", notification_reason: "text", groupLabels: "texts" },
  ...{ commonLabels: "texts", commonAnnotations: "texts", routeLabels: "texts", externalURL: "text" },
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** The data of a file as Go reads them: keys in any case, unknown ones left out, `null` for what is not there. */
export function readData(text: string, file: string): TemplateData {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return objectOf(read, DATA, file, "") as TemplateData;
}

function objectOf(value: unknown, keys: Readonly<Record<string, Kind>>, file: string, at: string) {
  if (value === null) return {};
  if (!isObject(value)) throw wrong(file, at, "an object as in the body of a webhook");
  const found: Record<string, unknown> = {};
  for (const [written, entry] of Object.entries(value)) {
    const key = Object.keys(keys).find((known) => known.toLowerCase() === written.toLowerCase());
    if (key !== undefined && entry !== null)
      found[key] = checkedOf(entry, keys[key]!, file, at === "" ? key : `${at}.${key}`);
  }
  return found;
}

function checkedOf(value: unknown, kind: Kind, file: string, at: string): unknown {
  if (kind === "alerts") {
    if (!Array.isArray(value)) throw wrong(file, at, "a list of alerts");
    return value.map((alert, index) => objectOf(alert, ALERT, file, `${at}[${index}]`));
  }
  if (kind === "texts") {
    if (!isObject(value)) throw wrong(file, at, "an object of strings");
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [name, textOf(entry ?? "", file, `${at}.${name}`)]),
    );
  }
  const text = textOf(value, file, at);
  if (kind === "time" && !TIME.test(text)) throw wrong(file, at, "a time such as 2026-01-31T08:00:00Z");
  return text;
}

function textOf(value: unknown, file: string, at: string): string {
  if (typeof value !== "string") throw wrong(file, at, "a string");
  return value;
}

function wrong(file: string, at: string, wanted: string): Error {
  return new UsageError(`${file}: ${at === "" ? "the data" : at} must be ${wanted}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
