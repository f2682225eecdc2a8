import { expect, it } from "vitest";
import { createTargetSchema } from "@/lib/targets/contract";
import { readTarget } from "./read-target";

const tenantId = "0f2d1c9a-6d0b-4c5e-9a7e-1b2c3d4e5f60";

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

it("reads an Alertmanager with two replicas and their credentials", () => {
  const read = readTarget(
    form({
      tenantId,
      name: " production ",
      mode: "0640",
      version: "",
      "replica-0.url": "http://am-0:9093",
      "replica-0.configPath": "/etc/am/a.yml",
      "replica-0.auth": "basic",
      "replica-0.username": "u",
      "replica-0.password": "p",
      "replica-2.url": "http://am-1:9093",
      "replica-2.configPath": "/etc/am/b.yml",
      "replica-2.auth": "none",
    }),
    "alertmanager",
    [0, 2],
  );
  expect(createTargetSchema.parse(read)).toMatchObject({
    name: "production",
    replicas: [{ auth: { type: "basic", username: "u" } }, { url: "http://am-1:9093", auth: { type: "none" } }],
  });
  expect(read).not.toHaveProperty("version");
});

it("asks for the version of a file", () => {
  const read = readTarget(form({ tenantId, name: "f", mode: "0600", path: "/f.yml", version: "" }), "file", []);
  const parsed = createTargetSchema.safeParse(read);
  expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual(["version"]);
});
