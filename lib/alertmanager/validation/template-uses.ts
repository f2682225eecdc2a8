import { typeOf } from "../config/field-at";
import { isSecretRef } from "../config/secret-ref";
import { INTEGRATION_KEYS, type Json, type JsonObject, type Path } from "../config/types";
import type { Field, FieldType, StructDefinition } from "../fields";
import { INTEGRATIONS } from "../integrations/integrations";
import type { TargetProfile } from "../profiles/profiles";
import { type TemplateNames, templateNames } from "../templates";
import { isObject, items } from "./context";

/** The text of a field that is a template, with its place below the receiver. */
export interface TemplateUse {
  place: Path;
  text: string;
  names: TemplateNames;
  secret: boolean;
  /** Alertmanager reads it when it loads, and other rules tell what does not parse. */
  atLoad: boolean;
}

const texts = new WeakMap<TargetProfile, Map<string, TemplateNames>>();
const MOST_TEXTS = 4096;

/** What the text of a field defines and calls; the same text is read once. */
export function namesInText(text: string, profile: TargetProfile): TemplateNames {
  let known = texts.get(profile);
  if (!known || known.size >= MOST_TEXTS) {
    known = new Map();
    texts.set(profile, known);
  }
  let names = known.get(text);
  if (!names) {
    names = templateNames("", text, profile);
    known.set(text, names);
  }
  return names;
}

const remembered = new WeakMap<TargetProfile, WeakMap<JsonObject, readonly TemplateUse[]>>();

/** The templated texts of a receiver that call or define something, or do not parse; remembered by identity. */
export function templateUses(receiver: JsonObject, profile: TargetProfile): readonly TemplateUse[] {
  let known = remembered.get(profile);
  if (!known) {
    known = new WeakMap();
    remembered.set(profile, known);
  }
  let uses = known.get(receiver);
  if (!uses) {
    const visitor = new Visitor(profile);
    for (const key of INTEGRATION_KEYS) {
      if (!profile.knowsIntegration(key)) continue;
      items(receiver[key]).forEach((item, index) => {
        if (isObject(item)) visitor.struct(item, INTEGRATIONS[key], [key, index]);
      });
    }
    uses = visitor.uses;
    known.set(receiver, uses);
  }
  return uses;
}

class Visitor {
  readonly uses: TemplateUse[] = [];
  constructor(private readonly profile: TargetProfile) {}

  struct(value: JsonObject, struct: StructDefinition, place: Path) {
    for (const field of struct.fields) {
      const item = value[field.key];
      if (item === undefined || item === null || !this.profile.knows(struct, field.key)) continue;
      this.value(item, typeOf(field, this.profile.reaches), field, struct, [...place, field.key]);
    }
  }

  private value(value: Json, type: FieldType, field: Field, owner: StructDefinition, place: Path) {
    if (typeof value === "string") return field.templated ? this.text(value, type, field, owner, place) : undefined;
    if (Array.isArray(value)) {
      const item: FieldType = type.kind === "list" ? type.item : { kind: "any" };
      value.forEach((entry, index) => {
        if (entry !== null) this.value(entry, item, field, owner, [...place, index]);
      });
    } else if (isObject(value)) {
      if (type.kind === "struct") return this.struct(value, type.struct, place);
      const item: FieldType = type.kind === "map" ? type.value : { kind: "any" };
      for (const [key, entry] of Object.entries(value)) {
        if (entry !== null && entry !== undefined) this.value(entry, item, field, owner, [...place, key]);
      }
    }
  }

  private text(text: string, { kind }: FieldType, field: Field, owner: StructDefinition, place: Path) {
    if (!text.includes("{{") || isSecretRef(text)) return;
    const url = kind === "secretTemplateUrl";
    // Before, it was a plain URL.
    if (url && !this.profile.reaches("0.31")) return;
    const names = namesInText(text, this.profile);
    if (names.error === undefined && names.called.length === 0 && names.defined.length < 2) return;
    const atLoad = url || (owner.name === "OpsGenieConfigResponder" && field.key === "type");
    this.uses.push({ place, text, names, secret: kind.startsWith("secret"), atLoad });
  }
}
