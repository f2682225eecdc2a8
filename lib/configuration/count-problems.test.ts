import { expect, it } from "vitest";
import { type Config, profileFor } from "@/lib/alertmanager";
import { countProblems } from "./count-problems";

const OLD = profileFor("alertmanager@0.25");
const NEW = profileFor("alertmanager@0.34");
const receiver = (webhook: object): Config => ({
  route: { id: "root", receiver: "team" },
  receivers: [{ id: "r", name: "team", webhook_configs: [{ id: "w", ...webhook }] }],
});
const errorsOf = async (config: Config, ...profiles: (typeof OLD)[]) =>
  (await countProblems({ config, templates: [] }, {}, profiles)).errors;

it("counts what only the newer target refuses", async () => {
  const config = receiver({ url: "http://h/{{ .GroupLabels.team | toUpper }}" });
  expect(await errorsOf(config, OLD)).toBe(0);
  expect(await errorsOf(config, OLD, NEW)).toBe(1);
});

it("counts what only the older target refuses", async () => {
  const config = receiver({ url: "http://h/", timeout: "5s" });
  expect(await errorsOf(config, NEW)).toBe(0);
  expect(await errorsOf(config, OLD, NEW)).toBe(1);
});

it("counts once what all of them refuse", async () => {
  const config: Config = { ...receiver({ url: "http://h/" }), route: { id: "root", receiver: "nobody" } };
  expect(await errorsOf(config, OLD)).toBe(1);
  expect(await errorsOf(config, OLD, NEW)).toBe(1);
});

it("counts notifications that fail", async () => {
  const config: Config = {
    route: { id: "root", receiver: "team" },
    receivers: [
      { id: "r", name: "team", discord_configs: [{ id: "d", webhook_url: "http://h/", title: "{{ .Nope }}" }] },
    ],
  };
  expect(await errorsOf(config, OLD)).toBe(1);
  expect(await errorsOf(config, NEW)).toBe(1);
});
