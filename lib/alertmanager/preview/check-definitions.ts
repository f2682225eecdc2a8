import type { ConfigDocument, TemplateFile } from "../config/types";
import { goQuote } from "../go/quote";
import { Notification, type Run } from "../notifications/notification";
import { Settings } from "../notifications/settings";
import type { TargetProfile } from "../profiles";
import { executeTemplate, type TemplateData, templateNames } from "../templates";
import type { Diagnostic } from "../validation";
import { isObject, messageOf } from "../validation/context";
import { templateUses } from "../validation/template-uses";
import { isToldAlready } from "./findings";
import { sampleCases } from "./sample-cases";
import { type Group, stageOf } from "./stage";
import { loneRoute, readyTemplates } from "./surroundings";

const CASES = sampleCases();

/** What a definition may be called with; one that works with any of them is taken for fine. */
const DOTS = [".", ".Alerts", ".CommonLabels.SortedPairs", ".CommonLabels.alertname"];
/** A map of labels takes any name for a label, so only what nothing else has tells that one is meant. */
const OF_LABELS = /can't evaluate field (?:SortedPairs|Names|Values|Remove) in/;
const callsOf = (name: string) => {
  const call = (dot: string) => `{{ template ${goQuote(name)} ${dot} }}`;
  const each = (list: string) => `{{ range ${list} }}${call(".")}{{ end }}`;
  return [...DOTS.map(call), each(".Alerts"), each(".CommonLabels.SortedPairs")];
};

/**
 * Definitions of a document's template files that no receiver and no other template calls, so that no notification shows
 * whether they work: each is executed with the sample alerts. Warnings at `["templates", file]`. Never throws.
 */
export function checkDefinitions(
  { config, templates }: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
): Diagnostic[] {
  if (templates.length === 0) return [];
  const receivers: unknown = config.receivers;
  const uses = (Array.isArray(receivers) ? receivers : []).flatMap((receiver) =>
    isObject(receiver) ? templateUses(receiver, profile) : [],
  );
  const files = templates.map((file) => ({ file, names: templateNames(file.name, file.content, profile) }));
  const called = new Set([...uses, ...files].flatMap(({ names }) => names.called));
  return files.flatMap(({ file, names }) =>
    names.defined
      .filter((name) => name !== file.name && !called.has(name))
      .flatMap((name) => failureOf(name, file, templates, profile)),
  );
}

function failureOf(
  name: string,
  file: TemplateFile,
  templates: readonly TemplateFile[],
  profile: TargetProfile,
): Diagnostic[] {
  const { set } = readyTemplates(templates, profile, undefined);
  let first: string | undefined;
  for (const text of callsOf(name)) {
    const failed = samples(profile)
      .map((data) => executeTemplate(set, { kind: "text", text, data, profile, pointerData: true }))
      .find((result) => !result.ok);
    if (!failed || failed.ok || isToldAlready(failed.error)) return [];
    if (OF_LABELS.test(failed.error)) return [];
    first ??= failed.error;
  }
  const params = { name };
  return [
    {
      ...{ code: "template_fails", severity: "warning", path: ["templates", file.name], params },
      message: messageOf("template_fails", params),
      ...(first !== undefined && { upstream: first }),
      stage: "notify",
    },
  ];
}

const known = new WeakMap<TargetProfile, readonly TemplateData[]>();

/** What templates see in each of the cases. */
function samples(profile: TargetProfile): readonly TemplateData[] {
  let data = known.get(profile);
  if (!data) {
    const { set } = readyTemplates([], profile, undefined);
    const about = { profile, set, externalURL: "https://alertmanager.example", now: undefined };
    const { grouped, ready } = stageOf(CASES, { ...about, route: loneRoute("receiver", profile) });
    const run: Run = { ...about, approximatedPage: true, files: {}, server: {}, counter: { sent: 0 }, ready };
    const settings = new Settings({});
    const dataOf = ({ match, alerts }: Group) =>
      new Notification(run, settings, match, alerts, "first notification", new Map()).data();
    data = grouped.flatMap(({ groups }) => groups.map(dataOf));
    known.set(profile, data);
  }
  return data;
}
