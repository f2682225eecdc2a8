import type { TargetProfile } from "../../profiles/profiles";
import { GLOBAL_STRUCT } from "../global";
import { CONFIG_STRUCT } from "../structs";
import { type Config, INTEGRATION_KEYS, type JsonObject } from "../types";
import { usages } from "../usages";
import { COMPLETE } from "./inherit";
import { isLoaded, type Loaded, load } from "./load";

/**
 * A configuration as the target holds it once it is loaded: defaults filled in, receivers completed from `global`.
 * File names are as written. Answers for a configuration that the target accepts; drafts with errors give what can be had.
 */
export function loadConfig(config: Config, profile: TargetProfile): Loaded {
  const loaded = load(config as unknown as JsonObject, CONFIG_STRUCT, profile);
  const global = isLoaded(loaded.global) ? loaded.global : load({}, GLOBAL_STRUCT, profile);
  loaded.global = global;
  const used = usages(config).receivers;
  for (const receiver of Array.isArray(loaded.receivers) ? loaded.receivers : []) {
    if (!isLoaded(receiver)) continue;
    for (const key of INTEGRATION_KEYS) {
      const list = receiver[key];
      for (const item of Array.isArray(list) ? list : []) {
        if (isLoaded(item)) COMPLETE[key](item, { global, profile });
      }
    }
    if (Object.hasOwn(used, String(receiver.name))) buildEmails(receiver);
  }
  return loaded;
}

/** A receiver that is built fills in the headers it will send. */
function buildEmails(receiver: Loaded) {
  for (const item of Array.isArray(receiver.email_configs) ? receiver.email_configs : []) {
    if (!isLoaded(item)) continue;
    item.headers = {
      Subject: '{{ template "email.default.subject" . }}',
      To: item.to ?? "",
      From: item.from ?? "",
      ...(isLoaded(item.headers) ? item.headers : {}),
    };
  }
}
