import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { checkDefinitions } from "./check-definitions";

const profile = profileFor("alertmanager@0.34");
const YAML = `
route: {receiver: a}
receivers: [{name: a, slack_configs: [{api_url: 'https://s.example/x', channel: c, title: '{{ template "used" . }}'}]}]
`;

function findings(content: string) {
  const { config } = parseConfig(YAML, { profile, newId: () => "n" });
  return checkDefinitions({ config: config!, templates: [{ name: "a.tmpl", content }] }, profile);
}

it("warns of what fails and what nobody calls", () => {
  expect(findings('{{ define "lost" }}{{ .Nope }}{{ end }}')).toMatchObject([
    {
      ...{ code: "template_fails", severity: "warning", path: ["templates", "a.tmpl"], params: { name: "lost" } },
      upstream: expect.stringContaining("can't evaluate field Nope"),
    },
  ]);
});

it("says nothing of what is executed anyway, or works with an alert, a list or a name", () => {
  expect(
    findings('{{ define "used" }}{{ .Nope }}{{ template "inner" . }}{{ end }}{{ define "inner" }}{{ .No }}{{ end }}'),
  ).toEqual([]);
  expect(findings('{{ define "alert" }}{{ .Labels.alertname }}{{ .StartsAt.Unix }}{{ end }}')).toEqual([]);
  expect(findings('{{ define "list" }}{{ range . }}{{ .Fingerprint }}{{ end }}{{ end }}')).toEqual([]);
  expect(findings('{{ define "labels" }}{{ range .SortedPairs }}{{ .Name }}{{ end }}{{ end }}')).toEqual([]);
  expect(findings('{{ define "name" }}{{ . | toUpper }}{{ end }}')).toEqual([]);
});

it("leaves to the validator what is not there", () => {
  expect(findings('{{ define "lost" }}{{ template "none" . }}{{ end }}')).toEqual([]);
});
