import type { JsonObject } from "../../config/types";
import { goQuote } from "../../go/quote";
import { type Context, isObject, items, textOf } from "../context";

/** What a receiver checks of itself; its integrations have been judged before. */
export function checkReceiver(context: Context, value: JsonObject) {
  checkTeams(context, value);
  const name = textOf(value.name);
  if (name === "") context.report("receiver_name_missing", { upstream: "missing name in receiver" }, "name");
  if (!isObject(value.labels) || !Object.hasOwn(value.labels, "name")) return;
  const label = textOf(value.labels.name);
  if (label === name) return;
  const upstream = `receiver label "name" must match receiver name ${goQuote(name)}, got ${goQuote(label)}`;
  context.report("receiver_label_name", { upstream }, "labels", "name");
}

/** The old connectors answer no more; the new ones take the same items, but for a summary. */
function checkTeams(context: Context, value: JsonObject) {
  const old = items(value.msteams_configs).filter(isObject);
  if (old.length === 0 || !context.profile.knowsIntegration("msteamsv2_configs")) return;
  const moved = old.map(({ summary: _, ...item }) => item);
  const edits = [
    { path: context.below("msteamsv2_configs"), value: [...items(value.msteamsv2_configs), ...moved] },
    { path: context.below("msteams_configs") },
  ];
  const fix = { code: "use_msteamsv2", edits };
  context.report("msteams_retired", { severity: "info", fix }, "msteams_configs");
}
