import { expect, it } from "vitest";
import { PROFILE_IDS, profileFor } from "../profiles";
import { defaultTemplates } from "./defaults";
import { defaultsFor, judgeDefaults } from "./defaults-fit";

const profile = (version: string) => profileFor(`alertmanager@${version}`);
const PAGE = { name: "email.tmpl", content: '{{ define "email.default.html" }}<p>{{ .Status }}</p>{{ end }}' };
const filesOf = (version: string) => [...defaultTemplates(profile(version)), PAGE];

it.each(PROFILE_IDS)("%s fits itself", (id) => {
  const judged = profileFor(id);
  const fit = judgeDefaults([...defaultTemplates(judged), PAGE], judged);
  expect(fit).toEqual({ fits: true, page: true, problems: [], missing: [], differing: [], unexpected: [] });
});

it("names what an older version lacks and a newer one has too much", () => {
  expect(judgeDefaults(filesOf("0.30"), profile("0.32"))).toMatchObject({
    fits: false,
    missing: ["slack.default.color", "mattermost.default.color", "mattermost.default.fallback"],
    unexpected: [],
  });
  expect(judgeDefaults(filesOf("0.32"), profile("0.30"))).toMatchObject({
    fits: false,
    missing: [],
    unexpected: ["slack.default.color", "mattermost.default.color", "mattermost.default.fallback"],
  });
});

it("takes the templates of Jira for a build that leaves Jira out", () => {
  expect(judgeDefaults(filesOf("0.28-upstream"), profile("0.28")).fits).toBe(true);
  expect(judgeDefaults(filesOf("0.28"), profile("0.28-upstream")).missing).toContain("jira.default.summary");
});

it("names short templates with another answer, be it for one kind of alert only", () => {
  const changed = (from: string, to: string) =>
    filesOf("0.34").map((file) => ({ ...file, content: file.content.replace(from, to) }));
  expect(judgeDefaults(changed("Source:", "source:"), profile("0.34")).differing).toContain("__text_alert_list");
  const resolvedOnly = judgeDefaults(changed("{{ else }}good{{ end }}", "{{ else }}fine{{ end }}"), profile("0.34"));
  expect(resolvedOnly).toMatchObject({ fits: false, differing: ["slack.default.color"] });
});

it("wants the page, and files that parse", () => {
  expect(judgeDefaults(defaultTemplates(profile("0.34")), profile("0.34"))).toMatchObject({ fits: false, page: false });
  const broken = [...defaultTemplates(profile("0.34")), { ...PAGE, content: "{{ end }}" }];
  expect(judgeDefaults(broken, profile("0.34"))).toMatchObject({
    fits: false,
    problems: [{ name: "email.tmpl", error: expect.stringContaining("unexpected {{end}}"), line: 1 }],
  });
});

it("serves other versions with the page where it is known to be the same", () => {
  const old = filesOf("0.25");
  expect(PROFILE_IDS.filter((id) => defaultsFor(old, profileFor(id)) !== null)).toEqual(["alertmanager@0.25"]);
  const files = filesOf("0.34");
  expect(defaultsFor(files, profile("0.33"))).toBe(files);
  expect(defaultsFor(files, profile("0.29"))).toEqual([PAGE, ...defaultTemplates(profile("0.29"))]);
  expect(defaultsFor(files, profile("0.27"))).toBeNull();
});
