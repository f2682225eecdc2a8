import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONFIG_STRUCT } from "../config/structs";
import type { FieldType, StructDefinition } from "../fields";
import { INTEGRATIONS } from "./integrations";

interface UpstreamStruct {
  Struct: string;
  Fields: { Key: string; Type: string }[] | null;
}

const upstream = JSON.parse(
  readFileSync(new URL("./testdata/alertmanager-schema-0.34.json", import.meta.url), "utf8"),
) as UpstreamStruct[];

/** Structs whose YAML form differs from their Go fields: they are scalars or free maps there. */
const SCALARS = /^(config\.(URL|Headers|HostPort|MuteTimeInterval)|timeinterval\.\w+)$/;
const RENAMED: Record<string, string> = { "eventrecorder.Config": "EventRecorderConfig" };

function reachable(struct: StructDefinition, found = new Map<string, StructDefinition>()) {
  if (found.has(struct.name)) return found;
  found.set(struct.name, struct);
  const walk = (type: FieldType) => {
    if (type.kind === "struct") reachable(type.struct, found);
    if (type.kind === "list") walk(type.item);
    if (type.kind === "map") walk(type.value);
  };
  for (const field of struct.fields) walk(field.type);
  return found;
}

describe("struct descriptors", () => {
  const ours = reachable(CONFIG_STRUCT);

  it.each(upstream.filter(({ Struct }) => !SCALARS.test(Struct)))(
    "$Struct has upstream's keys",
    ({ Struct, Fields }) => {
      const name = RENAMED[Struct] ?? Struct.replace(/^.*\(|\)$/g, "").replace(/^.*\./, "");
      const keys = ours.get(name)?.fields.map(({ key }) => key);
      expect(keys?.toSorted()).toEqual((Fields ?? []).map(({ Key }) => Key).toSorted());
    },
  );

  it("describes the 248 fields of the 18 integrations", () => {
    const nested = upstream.filter(({ Struct }) => Struct.includes("_configs ("));
    expect(Object.keys(INTEGRATIONS)).toHaveLength(18);
    expect(nested).toHaveLength(18);
    expect(Object.values(INTEGRATIONS).flatMap(({ fields }) => fields)).toHaveLength(
      nested.reduce((sum, { Fields }) => sum + (Fields?.length ?? 0), 0),
    );
  });
});
