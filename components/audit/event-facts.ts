/** What an event tells, sorted for reading: what was and what is now, and whatever else it holds. */
export interface EventFacts {
  changes: { name: string; before: unknown; after: unknown }[];
  facts: { name: string; value: unknown }[];
  /** Steps of an edit: where, and what stands there now. */
  edits: { at: string; after: unknown }[];
}

/** Kept as JSON text or as steps; they are shown as what they say. */
const HIDDEN = new Set(["before", "after", "edits", "document"]);
/** What an event that tells only `before` calls what it is now. */
const NOW = ["after", "title", "baseRevision", "status"];

export function eventFacts(data: Readonly<Record<string, unknown>>): EventFacts {
  const told = "before" in data || "after" in data;
  const now = told ? NOW.find((name) => name in data) : undefined;
  const name = now === undefined || now === "after" ? "value" : now;
  return {
    changes: told ? split(name, data.before, now === undefined ? undefined : data[now]) : [],
    facts: Object.entries(data)
      .filter(([key]) => !HIDDEN.has(key) && !(told && key === now))
      .map(([key, value]) => ({ name: key, value })),
    edits: Array.isArray(data.edits) ? data.edits.flatMap(editOf) : [],
  };
}

/** Objects are told key by key, and only what differs. */
function split(name: string, before: unknown, after: unknown): EventFacts["changes"] {
  if (!isObject(before) || !isObject(after)) return [{ name, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ name: key, before: before[key], after: after[key] }));
}

function editOf(edit: unknown): EventFacts["edits"] {
  if (!isObject(edit) || !Array.isArray(edit.at)) return [];
  const at = edit.at.join(".");
  if (typeof edit.set === "string") return [{ at, after: parsed(edit.set) }];
  const part = isObject(edit.items) ? edit.items : isObject(edit.text) ? edit.text : undefined;
  if (part && typeof part.insert === "string")
    return [{ at, after: isObject(edit.items) ? parsed(part.insert) : part.insert }];
  return [{ at, after: undefined }];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** For people: plain words as they are, everything else as JSON. Undefined: there is nothing. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
