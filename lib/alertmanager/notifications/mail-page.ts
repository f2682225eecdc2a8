import { toBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import type { TemplateSet } from "../templates";
import { parseText } from "../templates/template-set";

export const PAGE = "email.default.html";

/** A plain page of ours: the real one is read from an installation. */
const OWN_PAGE = `{{ define "email.default.html" }}<!DOCTYPE html>
<html><head><meta charset="UTF-8"><title>{{ template "__subject" . }}</title></head>
<body style="margin:0;padding:16px;background:#f5f5f7;color:#18181b;font:14px/20px system-ui,sans-serif">
<h1 style="margin:0 0 4px;font-size:16px;line-height:22px">{{ .Alerts | len }} {{ .Status }}: {{ .GroupLabels.Values | join " " }}</h1>
<p style="margin:0 0 12px"><a href="{{ template "__alertmanagerURL" . }}" style="color:#2f54c8">Alertmanager</a></p>
{{ range .Alerts }}<div style="margin:0 0 12px;padding:12px;background:#ffffff;border:1px solid #d3d3d9;border-radius:6px">
<h2 style="margin:0 0 8px;font-size:14px;line-height:20px">{{ .Status }}: {{ .Labels.alertname }}</h2>
<table style="border-collapse:collapse;font-size:13px;line-height:18px">
{{ range .Labels.SortedPairs }}<tr><td style="padding:1px 12px 1px 0;color:#62626c">{{ .Name }}</td><td>{{ .Value }}</td></tr>
{{ end }}{{ range .Annotations.SortedPairs }}<tr><td style="padding:1px 12px 1px 0;color:#62626c">{{ .Name }}</td><td>{{ .Value }}</td></tr>
{{ end }}</table>
<p style="margin:8px 0 0"><a href="{{ .GeneratorURL }}" style="color:#2f54c8">Source</a></p>
</div>
{{ end }}</body></html>{{ end }}`;

/** The set, with a page of ours where the default one of mails is not at hand; `approximated` tells so. */
export function withMailPage(set: TemplateSet, profile: TargetProfile): { set: TemplateSet; approximated: boolean } {
  if (set.trees.has(toBytes(PAGE))) return { set, approximated: false };
  return { set: { ...set, trees: new Map([...set.trees, ...ownPage(profile)]) }, approximated: true };
}

const pages = new WeakMap<TargetProfile, ReturnType<typeof parseText>>();

function ownPage(profile: TargetProfile): ReturnType<typeof parseText> {
  const known = pages.get(profile) ?? parseText("", OWN_PAGE, profile);
  pages.set(profile, known);
  return known;
}
