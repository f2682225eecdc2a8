import { toBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import type { TemplateSet } from "../templates";
import { parseText } from "../templates/template-set";

export const PAGE = "email.default.html";

/** A plain page of ours: the real one is read from an installation. */
const OWN_PAGE = `{{ define "email.default.html" }}<!DOCTYPE html>
<html><head><meta charset="UTF-8"><title>{{ template "__subject" . }}</title></head><body>
<h1>{{ template "__subject" . }}</h1>
<p><a href="{{ template "__alertmanagerURL" . }}">{{ .ExternalURL }}</a></p>
{{ range .Alerts }}<h2>{{ .Status }}</h2>
<ul>{{ range .Labels.SortedPairs }}<li>{{ .Name }} = {{ .Value }}</li>{{ end }}</ul>
<ul>{{ range .Annotations.SortedPairs }}<li>{{ .Name }} = {{ .Value }}</li>{{ end }}</ul>
<p><a href="{{ .GeneratorURL }}">{{ .GeneratorURL }}</a></p>
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
