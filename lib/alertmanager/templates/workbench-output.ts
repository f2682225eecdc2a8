import type { TemplateFile } from "../config/types";
import { parseJsonTime } from "../go/time-parse";
import type { PostedAlert } from "../notifications/alerts";
import { commonPairs, sortAlerts, storeAlert, templateAlert } from "../notifications/alerts";
import type { TargetProfile } from "../profiles";
import { executeTemplate, type TemplateResult } from "./engine";
import { quotedLike } from "./language-names";
import { typeName } from "./language-types";
import { type TemplateSources, workspaceOf } from "./language-workspace";
import type { TemplateData } from "./model";
import { parseTemplates } from "./template-set";

/** What a definition writes; `call` is the text that was executed for it. */
export interface DefinitionOutput {
  call: string;
  result: TemplateResult;
}

export interface DefinitionRequest {
  name: string;
  alerts: readonly PostedAlert[];
  /** RFC 3339. */
  now: string;
  /** Files of an installation (`default.tmpl`, `email.tmpl`) in the place of our default templates. */
  defaults?: readonly TemplateFile[] | undefined;
}

const BY_TYPE: Record<string, (call: string) => string> = {
  Alert: (call) => `{{ range .Alerts }}${call.replace("¦", ".")}{{ end }}`,
  Alerts: (call) => call.replace("¦", ".Alerts"),
  "[]Alert": (call) => call.replace("¦", ".Alerts.Firing"),
  KV: (call) => call.replace("¦", ".CommonLabels"),
  Pairs: (call) => call.replace("¦", ".CommonLabels.SortedPairs"),
  Pair: (call) => `{{ range .CommonLabels.SortedPairs }}${call.replace("¦", ".")}{{ end }}`,
  string: (call) => call.replace("¦", ".CommonLabels.alertname"),
};

/**
 * What a named template writes as text for some alerts in one group: called with the dot that others call it with (an alert,
 * say, and then once for each), with the notification where nobody does. Never throws.
 */
export function renderDefinition(
  sources: TemplateSources,
  profile: TargetProfile,
  { name, alerts, now, defaults }: DefinitionRequest,
): DefinitionOutput {
  const types = workspaceOf(sources, profile).dotOf(name) ?? [];
  const template = `{{ template ${quotedLike(name, '"')} ¦ }}`;
  const [first] = types.map(typeName);
  const call = (BY_TYPE[first ?? "Data"] ?? ((text: string) => text.replace("¦", ".")))(template);
  const { set } = parseTemplates(sources.templates, profile, { defaults, program: true });
  const data = dataOf(alerts, now);
  return { call, result: executeTemplate(set, { kind: "text", text: call, data, profile, now, pointerData: true }) };
}

function dataOf(posted: readonly PostedAlert[], now: string): TemplateData {
  const present = parseJsonTime(now);
  const alerts = sortAlerts(posted.map((alert) => storeAlert(alert, undefined, present))).map(templateAlert);
  const commonLabels = commonPairs(alerts.map(({ labels }) => labels));
  const { alertname } = commonLabels;
  return {
    receiver: "receiver",
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    alerts,
    notification_reason: "first notification",
    groupLabels: alertname === undefined ? {} : { alertname },
    commonLabels,
    commonAnnotations: commonPairs(alerts.map(({ annotations }) => annotations)),
    routeLabels: {},
    externalURL: "https://alertmanager.example",
  };
}
