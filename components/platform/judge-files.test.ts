import { expect, it } from "vitest";
import { defaultTemplates, profileFor } from "@/lib/alertmanager";
import { judgeFiles } from "./judge-files";

const PAGE = '{{ define "email.default.html" }}<p>{{ .Status }}</p>{{ end }}';
const shortOf = (version: string) => defaultTemplates(profileFor(`alertmanager@${version}`))[0]!.content;

it("names the versions that files of another one fit", async () => {
  expect(await judgeFiles("0.34", shortOf("0.34"), PAGE)).toMatchObject({ fit: { fits: true }, others: [] });
  const other = await judgeFiles("0.34", shortOf("0.30"), PAGE);
  expect(other).toMatchObject({ fit: { fits: false, page: true }, others: ["0.30", "0.31"] });
  expect(other.fit.missing).toContain("slack.default.color");
});

it("takes either build of a version", async () => {
  for (const build of ["0.28", "0.28-upstream"]) {
    expect(await judgeFiles("0.28", shortOf(build), PAGE)).toMatchObject({ fit: { fits: true } });
  }
});

it("tells what does not parse, and a page that is not there", async () => {
  expect((await judgeFiles("0.34", "{{ if }}", PAGE)).fit.problems).toMatchObject([{ name: "default.tmpl", line: 1 }]);
  expect((await judgeFiles("0.34", shortOf("0.34"), "x")).fit).toMatchObject({ page: false, problems: [] });
  await expect(judgeFiles("9.9", "", "")).rejects.toThrow("no version 9.9");
});
