import { INTEGRATION_KEYS } from "../types";
import { type Held, isLoaded, type Loaded } from "./load";

/** The folder of the configuration, whose name is not known here. */
const DIRECTORY = "<DIR>";

/** Go's `filepath.Join` of the folder and a relative path. */
function joined(path: Held | undefined): string | undefined {
  if (typeof path !== "string" || path === "" || path.startsWith("/")) return undefined;
  if (path === DIRECTORY || path.startsWith(`${DIRECTORY}/`)) return undefined;
  const parts: string[] = [DIRECTORY];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function join(value: Held | undefined, ...keys: string[]) {
  if (!isLoaded(value)) return;
  for (const key of keys) {
    const path = joined(value[key]);
    if (path !== undefined) value[key] = path;
  }
}

const TLS_FILES = ["ca_file", "cert_file", "key_file"];

/** Makes the file names of an `http_config` absolute. */
function joinHttp(http: Held | undefined) {
  if (!isLoaded(http)) return;
  join(http.tls_config, ...TLS_FILES);
  join(http.basic_auth, "username_file", "password_file");
  join(http.authorization, "credentials_file");
  join(http, "bearer_token_file");
  if (isLoaded(http.oauth2)) {
    join(http.oauth2, "client_secret_file");
    join(http.oauth2.tls_config, ...TLS_FILES);
  }
  for (const header of isLoaded(http.http_headers) ? Object.values(http.http_headers) : []) {
    if (!isLoaded(header) || !Array.isArray(header.files)) continue;
    header.files = header.files.map((file) => joined(file) ?? file);
  }
}

/** Relative names start from the folder of the configuration, wherever upstream thinks of it. */
export function resolveDirectories(config: Loaded) {
  if (Array.isArray(config.templates)) config.templates = config.templates.map((path) => joined(path) ?? path);
  if (isLoaded(config.global)) joinHttp(config.global.http_config);
  for (const receiver of Array.isArray(config.receivers) ? config.receivers : []) {
    if (!isLoaded(receiver)) continue;
    for (const key of INTEGRATION_KEYS) {
      const list = receiver[key];
      if (key === "email_configs" || key === "incidentio_configs" || !Array.isArray(list)) continue;
      for (const item of list) if (isLoaded(item)) joinHttp(item.http_config);
    }
  }
  const recorder = isLoaded(config.event_recorder) ? config.event_recorder : {};
  for (const output of listOf(recorder.file_outputs)) join(output, "path");
  for (const output of listOf(recorder.webhook_outputs)) joinHttp(output.http_config);
  for (const output of listOf(recorder.kafka_outputs)) join(output.tls_config, ...TLS_FILES);
}

function listOf(value: Held | undefined): Loaded[] {
  const items: Held[] = Array.isArray(value) ? value : [];
  return items.filter(isLoaded);
}
