import type { TargetKind } from "@/lib/targets/contract";

/** What the form holds, in the shape that `createTargetSchema` checks; an empty optional field is left out. */
export function readTarget(data: FormData, kind: TargetKind, replicas: readonly number[]): Record<string, unknown> {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const version = text("version");
  const injectedMatchers = linesOf(text("injectedMatchers"));
  const shared = { kind, tenantId: text("tenantId"), name: text("name"), mode: text("mode"), injectedMatchers };
  if (kind === "file") return { ...shared, path: text("path"), version };
  return {
    ...shared,
    ...(version ? { version } : {}),
    ...(data.get("allowTestAlerts") === "on" ? { allowTestAlerts: true } : {}),
    replicas: replicas.map((key) => {
      const field = (name: string) => text(`replica-${key}.${name}`);
      return { url: field("url"), configPath: field("configPath"), auth: readAuth(field) };
    }),
  };
}

/** What stands on lines of its own. */
export function linesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim() || []);
}

function readAuth(field: (name: string) => string): Record<string, string> {
  const type = field("auth");
  if (type === "basic") return { type, username: field("username"), password: field("password") };
  if (type === "bearer") return { type, token: field("token") };
  return { type: "none" };
}
