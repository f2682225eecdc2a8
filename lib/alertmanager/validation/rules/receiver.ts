import type { JsonObject } from "../../config/types";
import { goQuote } from "../../go/quote";
import { type Context, isObject, textOf } from "../context";

/** What a receiver checks of itself; its integrations have been judged before. */
export function checkReceiver(context: Context, value: JsonObject) {
  const name = textOf(value.name);
  if (name === "") context.report("receiver_name_missing", { upstream: "missing name in receiver" }, "name");
  if (!isObject(value.labels) || !Object.hasOwn(value.labels, "name")) return;
  const label = textOf(value.labels.name);
  if (label === name) return;
  const upstream = `receiver label "name" must match receiver name ${goQuote(name)}, got ${goQuote(label)}`;
  context.report("receiver_label_name", { upstream }, "labels", "name");
}
