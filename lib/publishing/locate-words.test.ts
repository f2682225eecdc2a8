import { expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager/config/types";
import { locateWords } from "./locate-words";

const config: Config = {
  route: { id: "1", receiver: "a", routes: [{ id: "2", receiver: "gone" }] },
  receivers: [
    {
      id: "3",
      name: "a",
      webhook_configs: [{ id: "4", url: "http://h/", http_config: { tls_config: { ca_file: "/etc/ca.pem" } } }],
    },
  ],
};

it.each([
  [
    "failed to reload config: open /etc/ca.pem: no such file or directory",
    ["receivers", 0, "webhook_configs", 0, "http_config", "tls_config", "ca_file"],
  ],
  [
    "unable to load specified CA cert /etc/ca.pem: open /etc/ca.pem: no such file or directory",
    ["receivers", 0, "webhook_configs", 0, "http_config", "tls_config", "ca_file"],
  ],
  ['undefined receiver "gone" used in route', ["route", "routes", 0, "receiver"]],
  ['something about "a" that stands twice', null],
  ["no quotation at all", null],
])("%s", (words, path) => expect(locateWords(words, config)).toEqual(path));
